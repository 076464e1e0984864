/* SPDX-License-Identifier: MIT */
/*
 * With defaultargs a missing $n is 0 and a missing $$n is empty.
 */
#pragma D option defaultargs
BEGIN { printf("%d [%s]\n", $1, $$2); exit(0); }
