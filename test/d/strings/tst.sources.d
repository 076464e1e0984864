/* SPDX-License-Identifier: MIT */
/*
 * All that gives a string may stand where a string is wanted.
 * @@ needs: btf
 */
BEGIN {
	this->s = strjoin(strjoin(probeprov, ":::"), probename);
	printf("%s %d %d %d", this->s, strlen(execname) == strlen(stringof(curthread->comm)), strlen(probefunc), strlen(this->s));
	exit(0);
}
