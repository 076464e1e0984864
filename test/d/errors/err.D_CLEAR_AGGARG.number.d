/* SPDX-License-Identifier: MIT */
/* clear() of a number. */
BEGIN { clear(1); exit(0); }
