/* SPDX-License-Identifier: MIT */
/* A function with too few arguments. */
BEGIN { trace(strjoin("a")); exit(0); }
