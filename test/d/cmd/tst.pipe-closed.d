/* SPDX-License-Identifier: MIT */
/*
 * The reader of the output may close the pipe.
 * @@ runs: timeout 10 "$DTRACE" -qn 'tick-10ms { printf("x\n"); }' | head -1
 */
BEGIN { exit(0); }
