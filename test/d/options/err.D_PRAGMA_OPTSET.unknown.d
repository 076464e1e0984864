/* SPDX-License-Identifier: MIT */
/*
 * An option that does not exist.
 */
#pragma D option nosuch
BEGIN { exit(0); }
