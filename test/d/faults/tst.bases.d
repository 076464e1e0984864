/* SPDX-License-Identifier: MIT */
/*
 * lltostr() and strtoll() know the bases from 2 to 36.
 */
BEGIN { base = 37; trace(lltostr(5, base)); }
BEGIN { trace(strtoll("5", base)); }
BEGIN { exit(0); }
