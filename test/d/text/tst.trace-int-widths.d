/* SPDX-License-Identifier: MIT */
/*
 * trace() prints 8 byte integers in 16 columns, 4 in 8, 2 in 5, 1 in 3, after a blank;
 * shorter than 4 bytes they are zero-extended.
 * @@ flags:
 */
BEGIN { trace(1); trace(-1); trace(-1LL); trace((short)-1); trace((char)-1); exit(0); }
