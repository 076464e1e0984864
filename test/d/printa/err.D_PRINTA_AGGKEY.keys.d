/* SPDX-License-Identifier: MIT */
/*
 * Aggregations of different key counts are not joined.
 */
BEGIN { @a[1] = count(); @b[1, 2] = count(); printa(@a, @b); }
