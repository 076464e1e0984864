/* SPDX-License-Identifier: MIT */
/*
 * An aggregation is assigned an aggregating function, nothing else.
 */
BEGIN { @a = 1; }
