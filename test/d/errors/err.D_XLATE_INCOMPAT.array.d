/* SPDX-License-Identifier: MIT */
/* An array of another size is not copied into a member. */
struct o { int m[2]; };
struct s { int m[3]; } s;
translator struct o < int I > { m = s.m; };
BEGIN { x = xlate <struct o>(1); exit(0); }
