/* SPDX-License-Identifier: MIT */
/*
 * %k is a stack without indent, or with that of %-Nk.
 */
BEGIN { @[stack(2)] = count(); printa("<%k>%@d\n", @); printa("<%-3k>%@d\n", @); exit(0); }
