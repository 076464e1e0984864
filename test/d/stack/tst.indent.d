/* SPDX-License-Identifier: MIT */
/*
 * Frames are indented by stackindent; the list begins and ends with a newline.
 */
#pragma D option stackindent=2
BEGIN { stack(2); exit(0); }
