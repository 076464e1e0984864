/* SPDX-License-Identifier: MIT */
/*
 * After clear() a distribution is drawn with its three empty rows.
 */
BEGIN { @q = quantize(1); @l = lquantize(5, -3, 9, 3); @ll = llquantize(5, 10, 0, 2, 10); clear(@q); clear(@l); clear(@ll); exit(0); }
