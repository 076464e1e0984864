/* SPDX-License-Identifier: MIT */
/*
 * $n is a token of the program, $$n a string; $0 is the script.
 * @@ args: 42 'a b' -- -5
 */
BEGIN
{
	printf("%d %s %s %d\n", $1 + 1, $$1, $$2, $3);
	exit(0);
}
