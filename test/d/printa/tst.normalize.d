/* SPDX-License-Identifier: MIT */
/*
 * normalize() divides what is printed, denormalize() shows it whole again.
 */
BEGIN { @ = sum(1000); }
BEGIN { normalize(@, 10); printa("%@d\n", @); denormalize(@); printa("%@d\n", @); exit(0); }
