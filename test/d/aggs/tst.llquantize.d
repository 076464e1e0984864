/* SPDX-License-Identifier: MIT */
/*
 * llquantize() has linear steps within each magnitude; every bucket between the first and the last is shown.
 */
BEGIN { @ = llquantize(5, 10, 0, 2, 10); @ = llquantize(250, 10, 0, 2, 10); exit(0); }
