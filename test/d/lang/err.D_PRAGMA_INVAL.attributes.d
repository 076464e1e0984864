/* SPDX-License-Identifier: MIT */
/*
 * Stabilities have names.
 */
#pragma D attributes Stable/Nice/Common x
int x;
BEGIN { }
