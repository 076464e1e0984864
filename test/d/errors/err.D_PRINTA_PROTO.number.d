/* SPDX-License-Identifier: MIT */
/* printa() begins with a format or an aggregation. */
BEGIN { printa(1); exit(0); }
