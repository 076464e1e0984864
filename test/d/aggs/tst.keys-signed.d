/* SPDX-License-Identifier: MIT */
/*
 * Integer keys are shown and ordered by the sign of their type, in default rows and by printa().
 * @@ flags: -q -xaggsortkey
 */
BEGIN {
	i = -2;
	@a[(char)i, (uint8_t)i] = count();
	@a[(char)1, (uint8_t)1] = count();
	@b[(int64_t)i] = count();
	@b[(int64_t)3] = count();
	@c[(uint64_t)i] = count();
	@c[(uint64_t)3] = count();
	printa("%d %d;", @a);
	printa("%d;", @b);
	printa("%d;", @c);
	exit(0);
}
