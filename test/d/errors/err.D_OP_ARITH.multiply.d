/* SPDX-License-Identifier: MIT */
/* Text is not multiplied. */
BEGIN { trace("a" * 2); exit(0); }
