/* SPDX-License-Identifier: MIT */
/*
 * %P is a service's name or the number; %I a host's name or the text.
 */
BEGIN { printf("%P|%8P|%I\n", (uint16_t)64999, (uint16_t)64998, "no.such.address"); exit(0); }
