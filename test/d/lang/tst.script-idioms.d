/* SPDX-License-Identifier: MIT */
/*
 * What scripts rely on: 0 and NULL empty a string, a string is true of its characters, NULL is compared with text and pointers,
 * a new variable counts from 0, and if and else take actions.
 *
 * @@ flags: -q -x defaultargs
 */
string names[uchar_t];
inline int LIMIT = 20;

BEGIN
{
	names[0x2a] = "write(10)";
	self->path = "/etc/passwd";
	this->first = *self->path == '/' ? "absolute" : "relative";
	printf("%s %c %s|", this->first, self->path[5], names[42] != NULL ? names[42] : "unknown");
	self->path = 0;
	printf("%d %d %d|", self->path == NULL, self->path == "", names[1] == NULL);
	lines++;
}

BEGIN
/lines++ < LIMIT && curthread != NULL && $$1 == NULL/
{
	if (lines == 2) {
		printf("two");
	} else {
		printf("%d", lines);
	}
	exit(0);
}
