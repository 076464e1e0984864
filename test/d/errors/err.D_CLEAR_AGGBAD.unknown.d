/* SPDX-License-Identifier: MIT */
/* clear() of an aggregation that does not exist. */
BEGIN { clear(@a); exit(0); }
