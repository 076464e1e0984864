/* SPDX-License-Identifier: MIT */
/* A translator speaks of members that exist. */
struct o { int m; };
translator struct o < int I > { n = I; };
BEGIN { exit(0); }
