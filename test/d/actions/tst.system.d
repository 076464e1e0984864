/* SPDX-License-Identifier: MIT */
/*
 * system() runs a command with what printf would have printed.
 * @@ flags: -q -w
 */
BEGIN { system("echo %d %s", 1 + 1, "words"); exit(0); }
