/* SPDX-License-Identifier: MIT */
/*
 * -C runs the preprocessor on a script, -D defines, -I searches.
 * @@ runs: "$DTRACE" -C -D ANSWER=42 -q -s "$FILE"
 */
#ifdef ANSWER
BEGIN { printf("%d", ANSWER); exit(0); }
#endif
