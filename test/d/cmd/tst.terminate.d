/* SPDX-License-Identifier: MIT */
/*
 * SIGTERM is taken as SIGINT is.
 * @@ runs: timeout --foreground -s TERM 4 "$DTRACE" -qn 'BEGIN { @ = sum(7); } END { printf("end"); }' ; true
 */
BEGIN { exit(0); }
