/* SPDX-License-Identifier: MIT */
/*
 * The words after the interpreter arrive as one word and are split.
 * @@ runs: printf '#!/usr/bin/dtrace -C -qs\n#define N 7\nBEGIN { printf("%%d %%d", N, $1); exit(0); }\n' > $TMP/s.d; "$DTRACE" '-C -qs' $TMP/s.d 8
 */
BEGIN { exit(0); }
