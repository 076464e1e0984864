/* SPDX-License-Identifier: MIT */
/* void is no key. */
int a[void];
BEGIN { exit(0); }
