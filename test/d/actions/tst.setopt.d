/* SPDX-License-Identifier: MIT */
/*
 * setopt() changes an option while the program runs: quiet off brings the newlines of clauses.
 */
BEGIN { printf("a"); setopt("quiet", "no"); }
BEGIN { printf("b"); exit(0); }
