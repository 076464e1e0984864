/* SPDX-License-Identifier: MIT */
/* The arrow is for pointers. */
BEGIN { trace(pid->x); exit(0); }
