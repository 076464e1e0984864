/* SPDX-License-Identifier: MIT */
/*
 * An unknown conversion.
 */
BEGIN { printf("%y", 1); }
