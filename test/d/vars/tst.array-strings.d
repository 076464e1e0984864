/* SPDX-License-Identifier: MIT */
/*
 * Strings as keys and as values: equal by their text, wherever they come from.
 */
BEGIN { a["ab"] = "first"; b = "a"; a[strjoin(b, "c")] = "second"; }
BEGIN { printf("%s %s %s", a[strjoin(b, "b")], a["ac"], a[substr("xac", 1)]); a["ac"] = strjoin(a["ab"], "!"); }
BEGIN { printf(" %s %d %d", a["ac"], a["ac"] == "first!", a["none"] == ""); exit(0); }
