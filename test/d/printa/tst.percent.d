/* SPDX-License-Identifier: MIT */
/*
 * %% within a format of printa().
 */
BEGIN { @[50] = sum(100); printa("%d%% of %@d%%\n", @); exit(0); }
