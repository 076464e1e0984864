/* SPDX-License-Identifier: MIT */
/*
 * $n is a number or a name of the program, or else a string; $$n is a string; $0 is the script.
 * @@ args: 42 'a b' -- -5 /etc/passwd 1+2 pid 09x
 */
BEGIN
{
	printf("%d %s %s %d\n", $1 + 1, $$1, $$2, $3);
	printf("%s %s %s %d %s %s\n", $2, $4, $5, $6 == pid, $7, basename($0));
	exit(0);
}
