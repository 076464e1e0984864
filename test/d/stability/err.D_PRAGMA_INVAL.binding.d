/* SPDX-License-Identifier: MIT */
/* A version that this D does not have. */
#pragma D binding "9.1" x
inline int x = 1;
BEGIN { exit(0); }
