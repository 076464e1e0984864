/* SPDX-License-Identifier: MIT */
/* There is no short float. */
short float x;
BEGIN { exit(0); }
