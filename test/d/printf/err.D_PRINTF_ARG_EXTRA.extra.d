/* SPDX-License-Identifier: MIT */
/*
 * An argument without its conversion.
 */
BEGIN { printf("%d", 1, 2); }
