/* SPDX-License-Identifier: MIT */
/* ++ is for numbers and pointers. */
BEGIN { s = "a"; s++; exit(0); }
