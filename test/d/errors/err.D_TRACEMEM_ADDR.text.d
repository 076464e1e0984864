/* SPDX-License-Identifier: MIT */
/* tracemem() needs an address. */
BEGIN { tracemem("x", 4); exit(0); }
