/* SPDX-License-Identifier: MIT */
/* Attributes are given to what the program declares. */
#pragma D attributes Stable/Stable/Common nothing
BEGIN { exit(0); }
