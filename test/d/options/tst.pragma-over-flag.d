/* SPDX-License-Identifier: MIT */
/*
 * A pragma comes after the command line's -x, and holds.
 * @@ args: -x strsize=84
 */
#pragma D option strsize=8
BEGIN { s = "abcdefghij"; printf("%s", s); exit(0); }
