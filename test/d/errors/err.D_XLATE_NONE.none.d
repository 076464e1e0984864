/* SPDX-License-Identifier: MIT */
/* A translation needs its translator. */
struct o { int m; };
BEGIN { trace(xlate <struct o *>(1)->m); exit(0); }
