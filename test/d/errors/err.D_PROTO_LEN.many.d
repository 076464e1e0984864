/* SPDX-License-Identifier: MIT */
/* With too many. */
BEGIN { trace(strlen("a", "b")); exit(0); }
