/* SPDX-License-Identifier: MIT */
/* The text is in quotes. */
#pragma ident version
BEGIN { exit(0); }
