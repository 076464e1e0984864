/* SPDX-License-Identifier: MIT */
/* llquantize()'s high magnitude has 16 bits. */
BEGIN { @ = llquantize(1, 10, 0, 70000, 10); }
