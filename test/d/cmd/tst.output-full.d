/* SPDX-License-Identifier: MIT */
/*
 * Output that cannot be written is one error, and status 1: records, aggregations, listings,
 * structured output, a file.
 * @@ runs: sh ./output-to.sh /dev/full; "$DTRACE" -qo /dev/full -n 'BEGIN { exit(0); }' 2>&1; echo $?
 */
BEGIN { exit(0); }
