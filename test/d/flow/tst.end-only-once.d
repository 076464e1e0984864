/* SPDX-License-Identifier: MIT */
/*
 * END fires once, after exit() in any clause.
 */
BEGIN { exit(0); }
BEGIN { n++; }
END { n++; printf("%d", n); }
