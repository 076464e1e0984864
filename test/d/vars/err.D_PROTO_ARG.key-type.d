/* SPDX-License-Identifier: MIT */
/*
 * A key of another type than the array's.
 */
BEGIN { a[1] = 1; a["x"] = 2; }
