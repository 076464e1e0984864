/* SPDX-License-Identifier: MIT */
/*
 * A reader that closes the pipe ends the command without a message, also where SIGPIPE is ignored.
 * @@ runs: (trap '' PIPE; "$DTRACE" -qn 'tick-50ms { printf("%1000s\n", "a"); }'; echo $? >$TMP/s) | head -c 3; cat $TMP/s; (trap '' PIPE; "$DTRACE" -l; echo $? >$TMP/s) | head -c 5; cat $TMP/s
 */
BEGIN { exit(0); }
