/* SPDX-License-Identifier: MIT */
/* Keys have no names. */
int a[int name];
BEGIN { exit(0); }
