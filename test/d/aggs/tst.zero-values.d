/* SPDX-License-Identifier: MIT */
/*
 * An entry whose value is 0 is printed; an aggregation that never got a value is not.
 */
BEGIN { @a["x"] = sum(0); }
BEGIN /0/ { @b["never"] = count(); }
BEGIN { exit(0); }
