/* SPDX-License-Identifier: MIT */
/* rand() gives other numbers, of the type int. */
BEGIN
{
	this->a = rand();
	this->b = rand();
	this->c = rand();
	printf("%d %d\n", this->a != this->b || this->b != this->c, sizeof (rand()));
	exit(0);
}
