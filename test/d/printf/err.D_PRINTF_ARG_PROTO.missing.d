/* SPDX-License-Identifier: MIT */
/*
 * A conversion without its argument.
 */
BEGIN { printf("%d %d", 1); }
