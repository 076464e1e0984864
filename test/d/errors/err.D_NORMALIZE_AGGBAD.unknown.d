/* SPDX-License-Identifier: MIT */
/* normalize() of an aggregation that does not exist. */
BEGIN { normalize(@a, 1); exit(0); }
