/* SPDX-License-Identifier: MIT */
/*
 * trace() prints a string left-justified in 33 columns after two blanks, the empty one too; -q bare.
 * @@ flags:
 */
BEGIN { trace("hello"); trace(""); trace("x"); exit(0); }
