/* SPDX-License-Identifier: MIT */
/* An array has as many keys as at its first use. */
BEGIN { a[1] = 1; a[1, 2] = 1; exit(0); }
