/* SPDX-License-Identifier: MIT */
/*
 * -I adds a directory for #include.
 * @@ runs: mkdir -p $TMP/inc && echo '#define GREETING "hello"' > $TMP/inc/greet.h && "$DTRACE" -C -I $TMP/inc -q -s "$FILE"
 */
#include <greet.h>
BEGIN { printf("%s", GREETING); exit(0); }
