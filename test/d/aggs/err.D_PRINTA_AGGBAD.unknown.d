/* SPDX-License-Identifier: MIT */
/*
 * An aggregation that nobody fills.
 */
BEGIN { printa(@nosuch); }
