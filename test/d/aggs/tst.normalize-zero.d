/* SPDX-License-Identifier: MIT */
/*
 * normalize() by zero is no division at all.
 */
BEGIN { @ = sum(5); zero = 0; }
BEGIN { normalize(@, zero); printa("%@d", @); exit(0); }
