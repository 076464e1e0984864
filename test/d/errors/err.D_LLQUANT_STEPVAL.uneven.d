/* SPDX-License-Identifier: MIT */
/* llquantize()'s steps divide a power of the factor. */
BEGIN { @ = llquantize(1, 10, 0, 6, 0); }
