/* SPDX-License-Identifier: MIT */
/*
 * Destructive actions need -w; the program compiles without it.
 * @@ runs: "$DTRACE" -n 'BEGIN { system("true"); }' 
 * @@ exit: 1
 */
BEGIN { exit(0); }
