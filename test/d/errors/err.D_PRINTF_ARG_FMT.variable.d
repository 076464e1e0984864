/* SPDX-License-Identifier: MIT */
/* A format is a constant. */
BEGIN { printf(execname); exit(0); }
