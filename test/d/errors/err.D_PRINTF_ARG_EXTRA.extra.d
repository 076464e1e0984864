/* SPDX-License-Identifier: MIT */
/* Each argument has its conversion. */
BEGIN { printf("x", 1); exit(0); }
