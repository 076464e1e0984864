/* SPDX-License-Identifier: MIT */
/*
 * strlen() of what is known only at run time.
 */
BEGIN { s = strjoin(execname, "!"); }
BEGIN { printf("%s %d", s, strlen(s)); exit(0); }
