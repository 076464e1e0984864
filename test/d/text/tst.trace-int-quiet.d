/* SPDX-License-Identifier: MIT */
/*
 * trace() under -q prints bare numbers: all integers by their C type.
 */
BEGIN { trace(1); trace("|"); trace(-1); trace("|"); trace(5000000000); trace("|"); trace((short)-2); exit(0); }
