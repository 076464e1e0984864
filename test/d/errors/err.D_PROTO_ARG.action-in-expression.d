/* SPDX-License-Identifier: MIT */
/* Wrong arguments of an action come before its place in an expression. */
BEGIN { x = exit("a"); }
