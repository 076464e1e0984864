/* SPDX-License-Identifier: MIT */
/*
 * if and else choose statements; else belongs to the nearest if; what stands behind runs in any case.
 */
BEGIN
{
	x = 2;
	if (x == 1) printf("one ");
	else if (x == 2) { printf("two "); y = 5; }
	else printf("other ");
	if (x) if (x > 5) printf("big "); else printf("small ");
	if (!x) { } else { printf("else "); }
	printf("%d\n", y);
	exit(0);
}
