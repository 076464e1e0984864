/* SPDX-License-Identifier: MIT */
/* Nothing cannot be traced. */
BEGIN { trace((void)1); exit(0); }
