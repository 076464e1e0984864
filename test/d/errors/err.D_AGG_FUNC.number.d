/* SPDX-License-Identifier: MIT */
/* A number cannot be assigned to an aggregation. */
BEGIN { @a = 1; exit(0); }
