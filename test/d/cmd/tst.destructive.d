/* SPDX-License-Identifier: MIT */
/*
 * Destructive actions want -w; the program compiles without.
 * @@ runs: "$DTRACE" -n 'BEGIN { system("true"); }' 
 * @@ exit: 1
 */
BEGIN { exit(0); }
