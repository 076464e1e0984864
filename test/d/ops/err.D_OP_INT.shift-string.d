/* SPDX-License-Identifier: MIT */
/*
 * Bits of a string.
 */
BEGIN { trace("a" << 1); }
