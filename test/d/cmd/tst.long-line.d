/* SPDX-License-Identifier: MIT */
/*
 * Of a long line an error shows what is around it.
 * @@ runs: "$DTRACE" -en "BEGIN { $(for i in $(seq 60); do printf 'x = %d; ' $i; done) trace(nope); $(for i in $(seq 60); do printf 'y = %d; ' $i; done) }" 2>&1 | tail -n +2
 */
BEGIN { exit(0); }
