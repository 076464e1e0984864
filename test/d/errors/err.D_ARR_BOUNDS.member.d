/* SPDX-License-Identifier: MIT */
/* So is one outside of an array in a structure, and in another array. */
struct s { int m[2][3]; } s;
BEGIN { trace(s.m[1][3]); exit(0); }
