/* SPDX-License-Identifier: MIT */
/* %@ is printa()'s. */
BEGIN { printf("%@d", 1); exit(0); }
