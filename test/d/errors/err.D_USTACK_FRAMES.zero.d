/* SPDX-License-Identifier: MIT */
/* The first is positive. */
BEGIN { ustack(0); exit(0); }
