/* SPDX-License-Identifier: MIT */
/*
 * Text between conversions is copied; %% is one; %c a character; %S escapes; %p has no 0x.
 */
BEGIN {
	printf("100%% %c%c\n", 'o', 'k');
	printf("%S|%S\n", "a\tb\"", "x");
	printf("%p %x\n", (void *)0xdeadbeef, 0xBEEF);
	printf("%ld %lld %lx\n", (long)1, (long long)-2, (unsigned long)255);
	exit(0);
}
