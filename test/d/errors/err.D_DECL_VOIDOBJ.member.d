/* SPDX-License-Identifier: MIT */
/* Nor such a member. */
struct r { void v; };
BEGIN { exit(0); }
