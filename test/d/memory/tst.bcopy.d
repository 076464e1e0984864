/* SPDX-License-Identifier: MIT */
/*
 * bcopy() copies from the kernel and from strings, with sizes that are constant or not.
 * @@ needs: btf
 */
BEGIN
{
	this->c = (char *)alloca(16);
	bcopy(curthread->comm, this->c, 16);
	this->c[0] = 'D';
	printf("%s\n", stringof(this->c));
	size = 3;
	bcopy("text", this->c + 1, size);
	printf("%s\n", stringof(this->c));
	bcopy(this->c, this->c + 8, size + 5);
	printf("%s %s\n", stringof(this->c), stringof(this->c + 8));
	exit(0);
}
