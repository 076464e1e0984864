/* SPDX-License-Identifier: MIT */
/*
 * -i takes a number, a range, and a list of them.
 * @@ runs: for ids in 2 1-3 1,3 2-3,1; do "$DTRACE" -l -i $ids | awk 'NR > 1 { printf "%s ", $NF } END { print "" }'; done
 */
BEGIN { exit(0); }
