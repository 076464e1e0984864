/* SPDX-License-Identifier: MIT */
/*
 * setopt("quiet") takes effect with the next record; the header stays.
 * @@ runs: "$DTRACE" -n 'BEGIN { setopt("quiet"); } tick-10ms { printf("now"); exit(0); }' 2>/dev/null
 */
BEGIN { exit(0); }
