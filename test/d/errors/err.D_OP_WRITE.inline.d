/* SPDX-License-Identifier: MIT */
/* Nor can an inline. */
inline int fixed = 1;
BEGIN { fixed = 2; exit(0); }
