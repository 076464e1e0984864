/* SPDX-License-Identifier: MIT */
/*
 * Five hundred aggregations at one probe, with and without keys, of all functions and many sizes of
 * keys, each with the value that its own update gave it.
 * @@ runs: sh ./many.sh program >$TMP/many.d; "$DTRACE" -q -s $TMP/many.d | sh ./many.sh check
 * @@ timeout: 60
 */
