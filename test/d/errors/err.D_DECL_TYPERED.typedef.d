/* SPDX-License-Identifier: MIT */
/* A typedef has one meaning. */
typedef int t;
typedef long t;
BEGIN { exit(0); }
