/* SPDX-License-Identifier: MIT */
/* There is no long void. */
long void x;
BEGIN { exit(0); }
