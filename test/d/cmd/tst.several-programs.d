/* SPDX-License-Identifier: MIT */
/*
 * Programs are compiled in order, then enabled in order; a quiet one silences all.
 * @@ runs: printf '#pragma D option quiet\nEND { printf("2"); }\n' > $TMP/q.d; "$DTRACE" -n 'BEGIN { printf("1"); exit(0); }' -s $TMP/q.d
 */
BEGIN { exit(0); }
