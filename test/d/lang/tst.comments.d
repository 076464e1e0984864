/* SPDX-License-Identifier: MIT */
/*
 * Comments of both kinds, anywhere between tokens.
 */
/* before */ BEGIN // the probe
/* x */ / 1 /* y */ / // the predicate
{
	// nothing here: /* not a comment
	printf("%d\n", /* one */ 1 + // two
		2);
	exit(0);
}
