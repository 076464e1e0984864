/* SPDX-License-Identifier: MIT */
/* A function has to exist. */
BEGIN { no_such_function(1); exit(0); }
