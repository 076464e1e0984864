/* SPDX-License-Identifier: MIT */
/* Which is an integer. */
BEGIN { printf("%*d", "x", 1); exit(0); }
