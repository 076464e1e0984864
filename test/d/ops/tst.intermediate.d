/* SPDX-License-Identifier: MIT */
/*
 * Intermediate values have 64 bits; they are cut to their type where they are stored, cast or
 * recorded, and compared as they stand.
 */
BEGIN {
	i = 2000000000;
	j = 1000;
	k = i * 1000 / j;
	i32 = i + i;
	a = (unsigned char)200;
	@[a + a] = sum(i + i);
	array[a + a] = 7;
	printf("%d %d %d %d %d ", k, i * 1000 / j, i32, (int)(i + i), (int64_t)(i + i));
	printf("%d %d %d ", a + a > 255, (unsigned char)(a + a) > 255, (unsigned char)200 + (unsigned char)100 > 255);
	printf("%d %d ", array[(unsigned char)144], lltostr(i + i) == "4000000000");
	a += 100;
	printf("%d\n", a);
	printa("%d %@d", @);
	exit(0);
}
