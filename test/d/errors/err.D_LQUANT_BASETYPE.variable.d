/* SPDX-License-Identifier: MIT */
/* They are constants. */
BEGIN { @a = lquantize(1, pid, 10, 1); exit(0); }
