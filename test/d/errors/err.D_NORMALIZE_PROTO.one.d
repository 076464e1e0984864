/* SPDX-License-Identifier: MIT */
/* normalize() needs its divisor. */
BEGIN { @a = count(); normalize(@a); exit(0); }
