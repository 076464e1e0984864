/* SPDX-License-Identifier: MIT */
/* Text is not added. */
BEGIN { trace("a" + 1); exit(0); }
