/* SPDX-License-Identifier: MIT */
/*
 * %@d of a distribution is its whole drawing.
 */
BEGIN { @[1] = quantize(5); printa("<%d>%@d", @); exit(0); }
