/* SPDX-License-Identifier: MIT */
/* A member has one name. */
struct r { int a; int a; };
BEGIN { exit(0); }
