/* SPDX-License-Identifier: MIT */
/* llquantize()'s low magnitude has 16 bits. */
BEGIN { @ = llquantize(1, 10, 70000, 6, 10); }
