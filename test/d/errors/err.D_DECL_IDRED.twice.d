/* SPDX-License-Identifier: MIT */
/* A variable has one type. */
int x;
long x;
BEGIN { exit(0); }
