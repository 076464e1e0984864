/* SPDX-License-Identifier: MIT */
/* A pointer to void has no steps. */
BEGIN { trace((void *)1 + 1); exit(0); }
