/* SPDX-License-Identifier: MIT */
/*
 * -x aggpack: one line a distribution, all with the same buckets.
 */
#pragma D option aggpack
#pragma D option encoding=ascii
BEGIN { @["cat"] = quantize(3); @["bash"] = quantize(900); @["bash"] = quantize(0); exit(0); }
