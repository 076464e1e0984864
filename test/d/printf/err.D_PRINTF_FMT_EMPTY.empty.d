/* SPDX-License-Identifier: MIT */
/*
 * An empty format.
 */
BEGIN { printf(""); }
