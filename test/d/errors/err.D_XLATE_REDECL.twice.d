/* SPDX-License-Identifier: MIT */
/* There is one translator from a type to another. */
struct o { int m; };
translator struct o < int I > { m = I; };
translator struct o < int J > { m = J; };
BEGIN { exit(0); }
