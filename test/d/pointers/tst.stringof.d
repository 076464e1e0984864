/* SPDX-License-Identifier: MIT */
/*
 * stringof() makes a string of a char array and of an address.
 * @@ needs: btf
 */
BEGIN {
	this->a = (char *)&curthread->comm;
	printf("%d %d %d", stringof(this->a) == execname, strlen(stringof(curthread->comm)) == strlen(execname), (string)this->a == execname);
	exit(0);
}
