/* SPDX-License-Identifier: MIT */
/*
 * A divisor is a number.
 */
BEGIN { @a = count(); normalize(@a, "x"); }
