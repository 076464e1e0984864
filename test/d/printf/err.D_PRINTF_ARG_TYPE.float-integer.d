/* SPDX-License-Identifier: MIT */
/* %f takes a floating-point number. */
BEGIN { printf("%f", 65); }
