/* SPDX-License-Identifier: MIT */
/* An aggregation is no operand. */
BEGIN { @a = count(); trace(@a + 1); exit(0); }
