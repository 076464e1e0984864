/* SPDX-License-Identifier: MIT */
/* An index outside of a declared array is seen at once. */
int a[3];
BEGIN { trace(a[3]); exit(0); }
