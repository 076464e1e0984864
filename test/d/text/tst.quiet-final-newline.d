/* SPDX-License-Identifier: MIT */
/*
 * With -q a run without output still ends in one newline.
 */
BEGIN { exit(0); }
