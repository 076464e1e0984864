/* SPDX-License-Identifier: MIT */
/* void is the only parameter or none. */
int a[void, int];
BEGIN { exit(0); }
