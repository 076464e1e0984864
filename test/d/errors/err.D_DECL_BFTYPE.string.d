/* SPDX-License-Identifier: MIT */
/* Which is an integer. */
struct r { string a : 4; };
BEGIN { exit(0); }
