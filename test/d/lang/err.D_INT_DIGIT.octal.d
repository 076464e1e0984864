/* SPDX-License-Identifier: MIT */
/*
 * 8 is no octal digit.
 */
BEGIN { trace(0128); }
