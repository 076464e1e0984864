/* SPDX-License-Identifier: MIT */
/* A stack does not fit into a variable. */
BEGIN { x = stack(); exit(0); }
