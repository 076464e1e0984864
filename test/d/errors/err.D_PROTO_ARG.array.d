/* SPDX-License-Identifier: MIT */
/* Keys have the types of the first use. */
BEGIN { a["x"] = 1; a[1] = 1; exit(0); }
