/* SPDX-License-Identifier: MIT */
/* A structure that is a key has at most 448 bytes. */
struct large { char a[449]; };
struct large l;
BEGIN { @a[l] = count(); exit(0); }
