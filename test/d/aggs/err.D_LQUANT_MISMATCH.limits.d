/* SPDX-License-Identifier: MIT */
/*
 * The limit is above the base.
 */
BEGIN { @a = lquantize(1, 10, 0, 1); }
