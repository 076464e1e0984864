/* SPDX-License-Identifier: MIT */
/*
 * Aggregations of different key types are not joined.
 */
BEGIN { @a[1] = count(); @b["x"] = count(); printa(@a, @b); }
