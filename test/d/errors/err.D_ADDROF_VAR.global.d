/* SPDX-License-Identifier: MIT */
/* Nor has a variable of D. */
BEGIN { x = 1; trace(&x); exit(0); }
