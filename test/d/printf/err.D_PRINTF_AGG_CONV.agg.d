/* SPDX-License-Identifier: MIT */
/*
 * %@ is for printa() alone.
 */
BEGIN { printf("%@d", 1); }
