/* SPDX-License-Identifier: MIT */
/*
 * Strings compare in predicates and in ?:.
 */
BEGIN /execname == "dtrace"/ { printf("%s", execname == "dtrace" ? "mine" : "other"); exit(0); }
BEGIN { exit(1); }
