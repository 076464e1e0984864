/* SPDX-License-Identifier: MIT */
/*
 * json() follows a path through objects and arrays; objects and arrays come out whole; a path that leads nowhere
 * gives the null string.
 */
BEGIN {
	this->t = "{ \"a\": [1, {\"b\": \"z y\"}, -2.5e3], \"c\": {\"d\": true}, \"e\": \"q\\\"r\" }";
	printf("%s|%s|%s|", json(this->t, "a[0]"), json(this->t, "a[1].b"), json(this->t, "a[2]"));
	printf("%s|%s|%s|", json(this->t, "c.d"), json(this->t, "c"), json(this->t, "a[1]"));
	printf("%s|%s|%s|", json(this->t, "e"), json(this->t, "x"), json(this->t, "c.d.f"));
	printf("%d", strtoll(json("[10, 20]", "[1]")) + 1);
	exit(0);
}
