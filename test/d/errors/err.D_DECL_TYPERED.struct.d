/* SPDX-License-Identifier: MIT */
/* A structure is defined once. */
struct r { int a; };
struct r { int a; };
BEGIN { exit(0); }
