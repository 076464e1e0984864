/* SPDX-License-Identifier: MIT */
/* A member that the translator leaves out cannot be read. */
struct o { int m; int n; };
translator struct o < int I > { m = I; };
BEGIN { trace(xlate <struct o>(1).n); exit(0); }
