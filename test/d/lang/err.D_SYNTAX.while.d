/* SPDX-License-Identifier: MIT */
/*
 * D has no loops; their words stay reserved.
 */
BEGIN { while (1) x++; }
