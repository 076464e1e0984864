/* SPDX-License-Identifier: MIT */
/*
 * A structure is a key by its members: neither padding nor what stands behind a string's end makes
 * two of them differ. It is shown as memory.
 */
struct key { int a; char b; long c; };
union raw { struct key key; char bytes[24]; };
struct bits { unsigned x : 3; unsigned y : 7; char s; };
struct text { int n; string s; };

union raw raw;
struct bits bits;
struct text text;
this struct key k;

BEGIN
{
	this->k.a = 1;
	this->k.b = 2;
	this->k.c = 3;
	@key[this->k] = count();
	raw.key = this->k;
	raw.bytes[5] = 9;
	@key[raw.key] = count();
	raw.key.c = 4;
	@key[raw.key] = count();
	bits.x = 3;
	bits.s = 1;
	@bits[bits, "and", 3] = sum(5);
	bits.y = 9;
	@bits[bits, "and", 3] = sum(2);
	text.n = 1;
	text.s = "a long text";
	text.s = "text";
	@text[text] = count();
	text.s = "";
	text.s = "text";
	@text[text] = count();
}
END { printa("%@d\n", @text); clear(@text); trunc(@text); }
BEGIN { exit(0); }
