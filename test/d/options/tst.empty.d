/* SPDX-License-Identifier: MIT */
/*
 * empty permits a program without clauses, beside one that has some.
 * @@ runs: "$DTRACE" -q -x empty -s /dev/null -s "$FILE"; "$DTRACE" -q -s /dev/null -s "$FILE" 2>&1 | grep -c 'empty D program'
 */
BEGIN { printf("here"); exit(0); }
