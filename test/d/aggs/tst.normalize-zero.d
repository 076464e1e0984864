/* SPDX-License-Identifier: MIT */
/*
 * normalize() by zero is an error that names the line, and changes nothing.
 */
BEGIN { @ = sum(5); zero = 0; }
BEGIN { normalize(@, zero); printa("%@d", @); exit(0); }
