/* SPDX-License-Identifier: MIT */
/* ! asks a number, a pointer or text. */
BEGIN { trace(!*curthread); exit(0); }
