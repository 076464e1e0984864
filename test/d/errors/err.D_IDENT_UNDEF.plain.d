/* SPDX-License-Identifier: MIT */
/* A name that nobody defined is no variable. */
BEGIN { trace(no_such_name); exit(0); }
