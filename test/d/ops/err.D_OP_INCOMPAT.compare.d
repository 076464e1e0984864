/* SPDX-License-Identifier: MIT */
/*
 * A string and a number do not compare.
 */
BEGIN { trace("1" == 1); }
