/* SPDX-License-Identifier: MIT */
/* stack() takes one argument. */
BEGIN { stack(1, 2); exit(0); }
