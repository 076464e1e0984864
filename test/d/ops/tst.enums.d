/* SPDX-License-Identifier: MIT */
/*
 * Enumerators are integers, by name.
 */
enum colour { RED, GREEN = 5, BLUE };
enum colour c;
BEGIN { c = BLUE; printf("%d %d %d %d", RED, GREEN, c, c == BLUE); exit(0); }
