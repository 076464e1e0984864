/* SPDX-License-Identifier: MIT */
/* printa() of an aggregation that does not exist. */
BEGIN { printa(@a); exit(0); }
