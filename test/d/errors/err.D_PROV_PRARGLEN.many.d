/* SPDX-License-Identifier: MIT */
/* A probe has at most 32 arguments. */
provider p { probe a(int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int); };
BEGIN { }
