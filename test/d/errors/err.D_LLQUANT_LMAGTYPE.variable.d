/* SPDX-License-Identifier: MIT */
/* llquantize()'s low magnitude is a constant. */
BEGIN { @ = llquantize(1, 10, pid, 6, 10); }
