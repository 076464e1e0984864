/* SPDX-License-Identifier: MIT */
/*
 * Options with values by pragma.
 */
#pragma D option strsize=8
#pragma D option aggsortrev
BEGIN { @["abcdefghij"] = sum(1); @["b"] = sum(2); printa("%s ", @); exit(0); }
