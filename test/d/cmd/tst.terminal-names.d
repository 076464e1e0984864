/* SPDX-License-Identifier: MIT */
/*
 * Names of probes have no control characters on a terminal, in listings, records and errors.
 * @@ needs: uprobes
 * @@ runs: sed 's/last_call/la\x1b\x9b\xc2\x9ball/g' $TRIGGERS/noreturn >$TMP/x; chmod +x $TMP/x; (python3 on-terminal.py "$DTRACE" -ln 'pid$target:x:la*:entry' -c $TMP/x; python3 on-terminal.py sh -c '"$0" "$@" 2>&1' "$DTRACE" -n 'pid$target:x:la*:entry { trace(1); } pid$target:x:la*:entry { trace(*(int *)0); }' -c $TMP/x) | grep -o 'la?[^ ]*'
 */
BEGIN { exit(0); }
