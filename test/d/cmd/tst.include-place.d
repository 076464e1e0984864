/* SPDX-License-Identifier: MIT */
/*
 * An error in an included file names that file and its line; one after the #include shows the line
 * as it was written.
 * @@ runs: echo 'int y = ;' > $TMP/i.h; printf '#include "%s/i.h"\nBEGIN { }\n' $TMP | "$DTRACE" -C -s - ; printf '#define N 1\nBEGIN { trace(N +); }\n' | "$DTRACE" -C -s -
 * @@ exit: 1
 */
BEGIN { exit(0); }
