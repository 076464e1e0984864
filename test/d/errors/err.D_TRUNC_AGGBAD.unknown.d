/* SPDX-License-Identifier: MIT */
/* trunc() of an aggregation that does not exist. */
BEGIN { trunc(@a); exit(0); }
