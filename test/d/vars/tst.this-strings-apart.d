/* SPDX-License-Identifier: MIT */
/*
 * Assigning a string copies it: changing one variable leaves the other.
 */
BEGIN {
	this->a = "one"; this->b = this->a; this->a = "two";
	self->a = this->b; this->b = "three"; g = self->a; self->a = "four";
	printf("%s %s %s %s", this->a, this->b, self->a, g);
	exit(0);
}
