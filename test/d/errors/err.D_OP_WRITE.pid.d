/* SPDX-License-Identifier: MIT */
/* A built-in variable cannot be assigned to. */
BEGIN { pid = 1; exit(0); }
