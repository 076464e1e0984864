/* SPDX-License-Identifier: MIT */
/* BEGIN has no args[]. */
BEGIN { trace(args[0]); exit(0); }
