/* SPDX-License-Identifier: MIT */
/* A member has a size. */
struct r { struct never_defined_anywhere a; };
BEGIN { exit(0); }
