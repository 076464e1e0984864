/* SPDX-License-Identifier: MIT */
/*
 * -i takes a number or a range of numbers.
 * @@ runs: "$DTRACE" -l -i 1-2
 */
BEGIN { exit(0); }
