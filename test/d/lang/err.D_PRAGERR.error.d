/* SPDX-License-Identifier: MIT */
/*
 * #pragma D error ends the compilation.
 */
#pragma D error this script is out of date
BEGIN { }
