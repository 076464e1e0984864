/* SPDX-License-Identifier: MIT */
/*
 * The options cpp, define, undef and incdir are the flags -C, -D, -U and -I.
 * @@ runs: echo '#define SEEN "included"' > $TMP/opt.h; "$DTRACE" -q -x cpp -x define=ONE=1 -x define=TWO -x undef=TWO -x incdir=$TMP -s "$FILE"
 */
#include <opt.h>
BEGIN { printf("%d %s\n", ONE, SEEN); }
#ifdef TWO
BEGIN { printf("TWO is defined\n"); }
#endif
BEGIN { exit(0); }
