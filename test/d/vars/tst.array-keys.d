/* SPDX-License-Identifier: MIT */
/*
 * Keys of many types in one array; each part counts, with its sign.
 */
BEGIN { a["k", 1, (char)-1, 5ULL] = 1; a["k", 1, (char)1, 5ULL] = 2; a["k", -1, (char)1, 5ULL] = 3; a["", 0, (char)0, 0ULL] = 4; }
BEGIN {
	printf("%d %d %d %d %d", a["k", 1, (char)-1, 5ULL], a["k", 1, (char)1, 5ULL], a["k", -1, (char)1, 5ULL],
	    a["", 0, (char)0, 0ULL], a["k", 0, (char)1, 5ULL]);
	exit(0);
}
