/* SPDX-License-Identifier: MIT */
/*
 * printf() without a format.
 */
BEGIN { printf(); }
