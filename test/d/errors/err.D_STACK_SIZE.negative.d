/* SPDX-License-Identifier: MIT */
/* A positive one. */
BEGIN { stack(-1); exit(0); }
