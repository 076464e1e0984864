/* SPDX-License-Identifier: MIT */
/*
 * A string behind the null pointer.
 */
BEGIN { trace(stringof((char *)0)); }
BEGIN { exit(0); }
