/* SPDX-License-Identifier: MIT */
/*
 * lltostr() and strtoll() in several bases.
 */
BEGIN {
	printf("%s %s %s %s ", lltostr(-5), lltostr(255, 2), lltostr(-1, 16), lltostr(35, 36));
	printf("%d %d %d %d", strtoll("  -12x"), strtoll("0x1f", 16), strtoll("777", 8), strtoll("z", 36));
	exit(0);
}
