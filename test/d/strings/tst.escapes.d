/* SPDX-License-Identifier: MIT */
/*
 * C's escapes in literals.
 */
BEGIN { printf("%s|%d|%S", "a\tb\\\"\x41\101", strlen("\n\n"), "\a\b\f\v\001"); exit(0); }
