/* SPDX-License-Identifier: MIT */
/*
 * Built-in variables are not assigned.
 */
BEGIN { pid = 1; }
