/* SPDX-License-Identifier: MIT */
/* The second a constant. */
BEGIN { ustack(1, pid); exit(0); }
