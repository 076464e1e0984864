/* SPDX-License-Identifier: MIT */
/*
 * Pointers count in elements; differences too.
 */
BEGIN {
	this->p = (int32_t *)0x1000;
	this->q = this->p + 3;
	printf("%x %d %x %d %d", (uint64_t)this->q, this->q - this->p, (uint64_t)(this->q - 1), this->q > this->p, (char *)this->q - (char *)this->p);
	exit(0);
}
