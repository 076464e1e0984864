/* SPDX-License-Identifier: MIT */
/*
 * With a format each row is the format, once; %@ is the value.
 */
BEGIN { @["x", 1] = count(); @["y", 2] = count(); @["y", 2] = count(); }
BEGIN { printa("%s-%d:%@d\n", @); exit(0); }
