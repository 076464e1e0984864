/* SPDX-License-Identifier: MIT */
/*
 * One closing parenthesis too many.
 */
BEGIN { trace(1)); }
