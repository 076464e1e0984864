/* SPDX-License-Identifier: MIT */
/* Nor incremented. */
BEGIN { (pid + 1)++; exit(0); }
