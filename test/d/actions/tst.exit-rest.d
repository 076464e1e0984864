/* SPDX-License-Identifier: MIT */
/*
 * What follows exit() in its clause is still done; no other clause runs but END's.
 * @@ exit: 3
 */
BEGIN { exit(3); printf("after "); }
BEGIN { exit(4); printf("again"); }
