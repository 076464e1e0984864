/* SPDX-License-Identifier: MIT */
/* There is no unsigned float. */
unsigned float x;
BEGIN { exit(0); }
