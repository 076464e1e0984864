/* SPDX-License-Identifier: MIT */
/*
 * ftruncate() empties the output file, as far as it has been written.
 * @@ runs: $DTRACE -q -o $TMP/out -s $FILE && cat $TMP/out
 */
BEGIN { printf("gone\n"); ftruncate(); printf("stays\n"); exit(0); }
