/* SPDX-License-Identifier: MIT */
/*
 * alloca() gives zeroed memory that may be written through pointers: elements, members, bit-fields,
 * all assignment operators, structures as a whole.
 */
struct rec { int a; short b; int c : 3; char name[8]; };
struct rec whole;

BEGIN
{
	this->p = (int *)alloca(16);
	this->p[0] = 5;
	*(this->p + 1) += 7;
	this->p[3]++;
	printf("%d %d %d %d\n", this->p[0], this->p[1], this->p[2], this->p[3]);
	this->r = (struct rec *)alloca(sizeof (struct rec));
	this->r->a = -1;
	this->r->b = 70000;
	this->r->c = 2;
	this->r->name[0] = 'x';
	printf("%d %d %d %s\n", this->r->a, this->r->b, this->r->c, stringof(this->r->name));
	whole = *this->r;
	whole.a = 9;
	*this->r = whole;
	printf("%d %s\n", this->r->a, stringof(this->r->name));
	size = 6;
	this->c = (char *)alloca(size);
	printf("%d ", this->c[5]);
	this->c[5] = 1;
	printf("%d\n", this->c[5]);
}
/* Memory of the same size again is zero again. */
BEGIN { this->p = (int *)alloca(16); printf("%d %d\n", this->p[0], this->p[3]); }
BEGIN { exit(0); }
