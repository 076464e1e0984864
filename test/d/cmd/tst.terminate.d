/* SPDX-License-Identifier: MIT */
/*
 * SIGTERM acts like SIGINT.
 * @@ runs: timeout --foreground -s TERM 4 "$DTRACE" -qn 'BEGIN { @ = sum(7); } END { printf("end"); }' ; true
 */
BEGIN { exit(0); }
