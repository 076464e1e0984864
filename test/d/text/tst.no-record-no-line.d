/* SPDX-License-Identifier: MIT */
/*
 * A clause of assignments and aggregations alone prints no line.
 * @@ flags:
 */
BEGIN { x = 1; @ = count(); }
BEGIN { printf("x is %d", x); exit(0); }
