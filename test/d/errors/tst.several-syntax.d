/* SPDX-License-Identifier: MIT */
/*
 * Behind a clause that cannot be read, the next one is; the program is not checked then.
 * @@ runs: "$DTRACE" -xerrtags -s several_syntax.d
 * @@ exit: 1
 */
BEGIN { exit(0); }
