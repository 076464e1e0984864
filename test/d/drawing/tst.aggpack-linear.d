/* SPDX-License-Identifier: MIT */
/*
 * -x aggpack: linear ones show all their buckets.
 */
#pragma D option aggpack
#pragma D option encoding=ascii
BEGIN { @ = lquantize(4, 0, 20, 2); exit(0); }
