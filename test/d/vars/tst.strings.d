/* SPDX-License-Identifier: MIT */
/*
 * String variables hold their bytes; comparison is by bytes; assignment of 0 empties.
 */
string s;
BEGIN { s = "abc"; t = s; }
BEGIN { printf("%s %s %d %d %d %d", s, t, s == t, s < "abd", s > "ab", s != "abc"); s = 0; }
BEGIN { printf(" [%s] %d", s, s == ""); exit(0); }
