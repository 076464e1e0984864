/* SPDX-License-Identifier: MIT */
/* normalize() of a number. */
BEGIN { normalize(1, 1); exit(0); }
