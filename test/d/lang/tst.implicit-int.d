/* SPDX-License-Identifier: MIT */
/*
 * A thread- or clause-local declaration without a type declares an int.
 */
self n;
self list[string], other;
this m;
extern int c_function(int), *c_object;

BEGIN
{
	self->n = 0x100000001;
	self->list["a"] = 0x100000002;
	self->other = sizeof (self->n);
	this->m = 0x100000003;
	printf("%d %d %d %d", self->n, self->list["a"], self->other, this->m);
	exit(0);
}
