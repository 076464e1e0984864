/* SPDX-License-Identifier: MIT */
/*
 * setenv and unsetenv change the environment of the process that -c creates, and not dtrace's own.
 * @@ runs: KEPT=1 GONE=2 CHANGED=3 "$DTRACE" -qw -x setenv=CHANGED=4 -x setenv=NEW=5=6 -x unsetenv=GONE -s "$FILE" -c 'sh -c "echo $KEPT ${GONE-none} $CHANGED $NEW"'; for o in setenv=A setenv==B unsetenv=A=B; do "$DTRACE" -x $o -s "$FILE" 2>&1 | grep -c 'Invalid value'; done
 */
END { system("echo ${NEW-none} $GONE"); }
