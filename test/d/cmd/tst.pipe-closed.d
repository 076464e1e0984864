/* SPDX-License-Identifier: MIT */
/*
 * Who reads the output may leave.
 * @@ runs: timeout 10 "$DTRACE" -qn 'tick-10ms { printf("x\n"); }' | head -1
 */
BEGIN { exit(0); }
