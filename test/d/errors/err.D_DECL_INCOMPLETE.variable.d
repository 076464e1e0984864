/* SPDX-License-Identifier: MIT */
/* A variable too. */
struct never_defined_anywhere v;
BEGIN { exit(0); }
