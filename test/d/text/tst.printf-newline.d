/* SPDX-License-Identifier: MIT */
/*
 * printf() adds nothing: with the default output a newline in the format leaves an empty line.
 * @@ flags:
 */
BEGIN { printf("a\n"); exit(0); }
