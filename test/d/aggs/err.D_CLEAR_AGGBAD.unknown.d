/* SPDX-License-Identifier: MIT */
/*
 * Nor can it be cleared.
 */
BEGIN { clear(@nosuch); }
