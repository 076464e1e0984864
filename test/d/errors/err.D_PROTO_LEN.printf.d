/* SPDX-License-Identifier: MIT */
/* printf() needs its format. */
BEGIN { printf(); exit(0); }
