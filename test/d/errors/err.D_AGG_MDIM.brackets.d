/* SPDX-License-Identifier: MIT */
/* All keys stand in one pair of brackets. */
BEGIN { @a[1][2] = count(); exit(0); }
