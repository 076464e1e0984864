/* SPDX-License-Identifier: MIT */
/*
 * Floating-point numbers come from memory: here the double nearest to pi, the float -100, and the long
 * double 3 (1.5 times 2, its mantissa with all its bits and its exponent plus 16383).
 * @@ needs: x86_64
 */
BEGIN
{
	this->p = (uint64_t *)alloca(16);
	*this->p = 0x400921fb54442d18;
	this->d = (double *)this->p;
	printf("%f %e %E %g %G %.2f [%10.3f] [%-8.1f]\n", *this->d, *this->d, *this->d, *this->d, *this->d, *this->d, *this->d, *this->d);
	*(uint32_t *)this->p = 0xc2c80000;
	printf("%f %g\n", *(float *)this->p, *(float *)this->p);
	this->p[0] = 0xc000000000000000;
	this->p[1] = 0x4000;
	printf("%Lf %Le %LG\n", *(long double *)this->p, *(long double *)this->p, *(long double *)this->p);
	exit(0);
}
