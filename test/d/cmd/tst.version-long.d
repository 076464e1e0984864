/* SPDX-License-Identifier: MIT */
/*
 * --version names the program's version, and below it that of D.
 * @@ runs: "$DTRACE" --version
 */
BEGIN { exit(0); }
