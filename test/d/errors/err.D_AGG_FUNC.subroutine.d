/* SPDX-License-Identifier: MIT */
/* Nor what a subroutine gives. */
BEGIN { @a = strlen("x"); exit(0); }
