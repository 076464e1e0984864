/* SPDX-License-Identifier: MIT */
/*
 * cpphdrs names the included files on standard error.
 * @@ runs: echo '#define SEEN 1' > $TMP/opt.h; "$DTRACE" -q -C -x cpphdrs -I $TMP -s "$FILE" 2>&1 | grep -c '^[.] .*opt.h$'
 */
#include <opt.h>
BEGIN { exit(SEEN - 1); }
