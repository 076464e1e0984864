/* SPDX-License-Identifier: MIT */
/*
 * freopen() sends the output to a file, and back with an empty name.
 * @@ flags: -q -w
 * @@ args: $TMP/out
 * @@ runs: "$DTRACE" -q -w -s "$FILE" $TMP/out; cat $TMP/out
 */
BEGIN { printf("one\n"); freopen("%s", $$1); printf("two\n"); freopen(""); printf("three\n"); exit(0); }
