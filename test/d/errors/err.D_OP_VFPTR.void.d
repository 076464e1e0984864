/* SPDX-License-Identifier: MIT */
/* A pointer to void has no next. */
BEGIN { p = (void *)1; p++; exit(0); }
