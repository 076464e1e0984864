/* SPDX-License-Identifier: MIT */
/* A number has no elements. */
BEGIN { trace(pid[0]); exit(0); }
