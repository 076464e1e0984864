/* SPDX-License-Identifier: MIT */
/* A translated object is traced by its members. */
struct o { int m; };
translator struct o < int I > { m = I; };
BEGIN { trace(xlate <struct o>(1)); exit(0); }
