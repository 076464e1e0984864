/* SPDX-License-Identifier: MIT */
/* Which is a number. */
BEGIN { @a = count(); normalize(@a, "x"); exit(0); }
