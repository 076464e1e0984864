/* SPDX-License-Identifier: MIT */
/*
 * -X is the preprocessor's dialect: before ISO C there was no __STDC__; ISO C is strict.
 * @@ runs: for x in a c s t; do "$DTRACE" -q -C -X $x -s "$FILE"; done; "$DTRACE" -C -x stdc=q -s "$FILE"; echo $?
 */
#ifdef __STDC__
BEGIN { printf("ISO "); }
#endif
#ifdef __STRICT_ANSI__
BEGIN { printf("strict "); }
#endif
BEGIN { printf(".\n"); exit(0); }
