/* SPDX-License-Identifier: MIT */
/*
 * Records arrive at switchrate, long before the end.
 * @@ runs: ("$DTRACE" -q -x switchrate=20ms -s "$FILE" & echo $! > $TMP/pid; wait) > $TMP/out & sleep 1; cat $TMP/out; kill $(cat $TMP/pid); wait
 */
BEGIN { printf("early\n"); }
tick-1h { exit(0); }
