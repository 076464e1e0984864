/* SPDX-License-Identifier: MIT */
/* It needs something. */
BEGIN { printa(); exit(0); }
