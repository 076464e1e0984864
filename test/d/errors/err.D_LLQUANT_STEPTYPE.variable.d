/* SPDX-License-Identifier: MIT */
/* llquantize()'s number of steps is a constant. */
BEGIN { @ = llquantize(1, 10, 0, 6, pid); }
