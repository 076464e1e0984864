/* SPDX-License-Identifier: MIT */
/* llquantize()'s factor is a constant. */
BEGIN { @ = llquantize(1, pid, 0, 6, 10); }
