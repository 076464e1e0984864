/* SPDX-License-Identifier: MIT */
/*
 * In a clause so long that its code is cut, a fault in the middle still ends it: what follows does
 * not run, nothing of its record is sent, and the next clause runs.
 * @@ args: -C
 */
#define FOUR(x) x x x x
#define MANY(x) FOUR(FOUR(FOUR(FOUR(x))))

int n, after;

BEGIN
{
	printf("not sent");
	MANY(n = n * 3 + 1; n = n % 1000;)
	after = *(int *)0;
	MANY(after = after + 1;)
}

BEGIN
{
	this->n = 0;
	MANY(this->n = this->n * 3 + 1; this->n = this->n % 1000;)
	printf("%d %d %d", n, this->n, after);
	exit(0);
}

ERROR
{
	printf("action %d: fault %d at %d\n", arg2, arg4, arg5);
}
