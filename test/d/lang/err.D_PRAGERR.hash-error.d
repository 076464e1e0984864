/* SPDX-License-Identifier: MIT */
/*
 * So does #error.
 */
#error no
BEGIN { }
