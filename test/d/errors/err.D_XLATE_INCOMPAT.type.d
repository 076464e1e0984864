/* SPDX-License-Identifier: MIT */
/* A member's expression has its type. */
struct o { int m; };
translator struct o < int I > { m = "x"; };
BEGIN { exit(0); }
