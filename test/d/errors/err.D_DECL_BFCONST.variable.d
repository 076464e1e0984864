/* SPDX-License-Identifier: MIT */
/* Its width is a constant. */
struct r { int a : pid; };
BEGIN { exit(0); }
