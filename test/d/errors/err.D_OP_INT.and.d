/* SPDX-License-Identifier: MIT */
/* Bits are of integers. */
BEGIN { trace("a" & 1); exit(0); }
