/* SPDX-License-Identifier: MIT */
/* Elements are found by the members of a structure, also by those of a structure in it. */
struct pair { char a; int b; };
struct key { struct pair pairs[2]; uint8_t end; };
union raw { struct key key; char bytes[20]; };
union raw u;
struct key k;
BEGIN
{
	k.pairs[1].b = 3;
	k.end = 1;
	seen[k] = 1;
	self->name[k, 2] = "found";
	u.key = k;
	u.bytes[2] = u.bytes[17] = 9;
	printf("%d %s\n", seen[u.key], self->name[u.key, 2]);
	u.key.pairs[0].a = 1;
	printf("%d [%s]\n", seen[u.key], self->name[u.key, 2]);
	seen[u.key]++;
	seen[k] = 0;
	printf("%d %d\n", seen[k], seen[u.key]);
	exit(0);
}
