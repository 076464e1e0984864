/* SPDX-License-Identifier: MIT */
/*
 * range() is the largest value less the smallest: in printa(), normalized, in the order of values,
 * and per key.  clear() sets it to 0.
 */
BEGIN
{
	@all = range(-7);
	@all = range(5);
	@all = range(3);
	printa("%@d\n", @all);
	normalize(@all, 5);
	printa("%@d %@x\n", @all);
	clear(@all);
	printa("%@d\n", @all);
	@key["wide"] = range(10);
	@key["wide"] = range(110);
	@key["one value"] = range(10);
	@key["narrow"] = range(-1);
	@key["narrow"] = range(-51);
	exit(0);
}
