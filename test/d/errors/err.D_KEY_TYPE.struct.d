/* SPDX-License-Identifier: MIT */
/* A structure is no key. */
BEGIN { @a[*curthread] = count(); exit(0); }
