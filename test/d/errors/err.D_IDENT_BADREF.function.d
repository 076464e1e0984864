/* SPDX-License-Identifier: MIT */
/* A function is no variable. */
BEGIN { trace(strlen); exit(0); }
