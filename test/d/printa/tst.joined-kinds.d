/* SPDX-License-Identifier: MIT */
/*
 * Several aggregations of all kinds, with different keys, in one printa(): what one of them lacks is
 * 0, rows are in the order of the first, then of the others, and a surplus %@ repeats the last one.
 */
BEGIN
{
	@n["one", 1] = count(); @n["two", -2] = count(); @n["two", -2] = count();
	@s["two", -2] = sum(-7); @s["three", 3] = sum(100000);
	@a["one", 1] = avg(-3); @a["one", 1] = avg(-4);
	@m["three", 3] = max(5);
	@l["two", -2] = min(-9223372036854775807);
	@d["one", 1] = stddev(1); @d["one", 1] = stddev(5);
	printa(@n, @s, @a, @m, @l, @d);
	printa("%s|%d|%@d|%@x|%@5d|%@d\n", @n, @s, @a, @m);
	printa("%-6s<%@d>%@d %@d\n", @s, @n);
	printa("%@d %s\n", @m, @m, @l);
	exit(0);
}
