/* SPDX-License-Identifier: MIT */
/*
 * A script may allow itself destructive actions, and cannot hide that it does.
 */
#pragma D option destructive
#pragma D option quiet
BEGIN
{
	system("echo in");
	exit(0);
}
