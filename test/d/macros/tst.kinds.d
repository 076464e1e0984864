/* SPDX-License-Identifier: MIT */
/*
 * $1 is what it looks like: a number, a name, an operator's operand; $$1 is its text.
 * @@ args: 0x10 execname 3
 */
BEGIN { printf("%d %d %s %d %s %s", $1, $1 + $3, $2 == execname ? "same" : "other", -$3, $$1, $$3); exit(0); }
