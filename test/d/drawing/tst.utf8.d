/* SPDX-License-Identifier: MIT */
/*
 * -x encoding=utf8: bars are blocks, the last one in eighths.
 */
#pragma D option encoding=utf8
BEGIN { @ = quantize(1); @ = quantize(2); @ = quantize(2); exit(0); }
