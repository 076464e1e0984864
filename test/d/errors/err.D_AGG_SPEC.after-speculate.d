/* SPDX-License-Identifier: MIT */
/* An aggregation may not be speculative. */
BEGIN { speculate(1); @a = count(); }
