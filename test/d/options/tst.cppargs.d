/* SPDX-License-Identifier: MIT */
/*
 * cppargs passes on arguments to the preprocessor, several at a time.
 * @@ runs: "$DTRACE" -q -C -x cppargs='-DA=40 -DB=2' -s "$FILE"
 */
BEGIN { trace(A + B); exit(0); }
