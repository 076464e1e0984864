/* SPDX-License-Identifier: MIT */
/*
 * aggpercpu shows what each CPU has added to an aggregation's value.  BEGIN runs on one CPU, so one of
 * the lines below the value has all of it and the others have nothing.
 * @@ runs: "$DTRACE" -qx aggpercpu -s "$FILE" | awk 'NR == 1 { print $1 } /CPU/ { n++; sum += $3; all += $3 == 12 } END { print sum, all, n == '"$(nproc --all)"' }'
 */
BEGIN { @ = sum(5); @ = sum(7); exit(0); }
