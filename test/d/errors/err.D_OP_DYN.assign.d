/* SPDX-License-Identifier: MIT */
/* A translated object does not fit into a variable. */
struct o { int m; };
translator struct o < int I > { m = I; };
BEGIN { x = xlate <struct o *>(1); exit(0); }
