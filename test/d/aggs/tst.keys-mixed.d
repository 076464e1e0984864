/* SPDX-License-Identifier: MIT */
/*
 * Several keys: strings, integers of all widths, in any order.
 */
BEGIN { @["x", 1, (char)2, "y", 3LL, (short)4] = count(); @["x", 1, (char)2, "y", 3LL, (short)5] = count(); }
BEGIN { @["x", 1, (char)2, "y", 3LL, (short)4] = count(); printa("%s %d %d %s %d %d: %@d\n", @); exit(0); }
