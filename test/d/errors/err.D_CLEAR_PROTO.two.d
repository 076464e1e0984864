/* SPDX-License-Identifier: MIT */
/* clear() takes one. */
BEGIN { @a = count(); clear(@a, 1); exit(0); }
