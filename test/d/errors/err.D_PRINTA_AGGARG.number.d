/* SPDX-License-Identifier: MIT */
/* printa() of a number. */
BEGIN { printa("%d", 1); exit(0); }
