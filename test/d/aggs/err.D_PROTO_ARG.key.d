/* SPDX-License-Identifier: MIT */
/*
 * And keys of the same types.
 */
BEGIN { @a[1] = count(); @a["x"] = count(); }
