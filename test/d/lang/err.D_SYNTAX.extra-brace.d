/* SPDX-License-Identifier: MIT */
/*
 * One closing brace too many.
 */
BEGIN { } }
