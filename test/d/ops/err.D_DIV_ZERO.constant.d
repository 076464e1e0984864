/* SPDX-License-Identifier: MIT */
/*
 * A constant division by zero does not compile.
 */
BEGIN { x = 1 / 0; }
