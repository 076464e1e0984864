/* SPDX-License-Identifier: MIT */
/*
 * Surplus %@ take the last aggregation again; surplus keys are left out.
 */
BEGIN { @a["x", 1] = count(); @b["x", 1] = sum(7); }
BEGIN { printa("%s: %@d %@d %@d\n", @a, @b); printa("%@d\n", @b, @a); exit(0); }
