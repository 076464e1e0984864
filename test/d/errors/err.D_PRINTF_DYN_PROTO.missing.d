/* SPDX-License-Identifier: MIT */
/* A width from the arguments has its argument. */
BEGIN { printf("%*d"); exit(0); }
