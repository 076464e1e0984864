/* SPDX-License-Identifier: MIT */
/* A constant cannot be assigned to. */
BEGIN { 1 = 2; exit(0); }
