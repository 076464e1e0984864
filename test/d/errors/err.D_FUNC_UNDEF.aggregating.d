/* SPDX-License-Identifier: MIT */
/* An aggregating function too. */
BEGIN { @a = cuont(); exit(0); }
