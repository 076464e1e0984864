/* SPDX-License-Identifier: MIT */
/* A positive one. */
int a[-1];
BEGIN { exit(0); }
