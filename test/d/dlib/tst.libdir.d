/* SPDX-License-Identifier: MIT */
/*
 * -L compiles the libraries of a directory, those that a library depends on before it, and the
 * built-in ones stay.
 * @@ runs: printf '%s\n' '#pragma D depends_on library z.d' 'typedef struct pair { zint_t x; zint_t y; } pair_t;' 'inline int sum[int a] = a + zed;' > $TMP/a.d; printf '%s\n' 'typedef short zint_t;' 'inline int zed = 7;' 'BEGIN { trace("clauses of libraries are not enabled"); }' > $TMP/z.d; echo 'inline int not_a_library = 1;' > $TMP/b.txt; "$DTRACE" -q -L $TMP -s "$FILE"; mkdir $TMP/sys; echo 'inline int zed = 8; inline int sum[int a] = zed * a; typedef int pair_t;' > $TMP/sys/s.d; "$DTRACE" -q -x syslibdir=$TMP/sys -s "$FILE"
 */
BEGIN { printf("%d %d %d %d\n", sizeof (pair_t), zed, sum[35], EINTR); exit(0); }
