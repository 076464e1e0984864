/* SPDX-License-Identifier: MIT */
/*
 * sizeof of types and of expressions, which are not evaluated.
 */
BEGIN {
	n = 1;
	printf("%d %d %d %d ", sizeof (char), sizeof (long), sizeof (void *), sizeof (struct task_struct *));
	printf("%d %d %d %d ", sizeof (n++), sizeof ('a'), sizeof (pid), n);
	printf("%d %d", sizeof ("hi"), sizeof (""));
	exit(0);
}
