/* SPDX-License-Identifier: MIT */
/*
 * With defaultargs missing arguments are 0 and the empty text.
 */
#pragma D option defaultargs
BEGIN { printf("%d [%s]", $3, $$3); exit(0); }
