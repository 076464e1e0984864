/* SPDX-License-Identifier: MIT */
/* Nor has args[]. */
BEGIN { trace(args); exit(0); }
