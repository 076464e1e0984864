/* SPDX-License-Identifier: MIT */
/* A bit-field fits its type. */
struct r { int a : 40; };
BEGIN { exit(0); }
