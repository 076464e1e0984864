/* SPDX-License-Identifier: MIT */
/* llquantize()'s high magnitude is a constant. */
BEGIN { @ = llquantize(1, 10, 0, pid, 10); }
