/* SPDX-License-Identifier: MIT */
/* A number is signed or unsigned. */
unsigned signed int x;
BEGIN { exit(0); }
