/* SPDX-License-Identifier: MIT */
/*
 * A value that the option does not take.
 */
#pragma D option bufsize=many
BEGIN { }
