/* SPDX-License-Identifier: MIT */
/* D has no static variables. */
static int x;
BEGIN { exit(0); }
