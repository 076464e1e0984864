/* SPDX-License-Identifier: MIT */
/* Text is no number. */
BEGIN { exit("1"); }
