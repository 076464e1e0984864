/* SPDX-License-Identifier: MIT */
/*
 * In a clause so long that its code is cut, speculate() of an id that is not in use still ends the
 * clause, and what is recorded into a speculation is shown when it is committed.
 * @@ args: -C
 */
#define FOUR(x) x x x x
#define MANY(x) FOUR(FOUR(FOUR(FOUR(x))))

int n;

BEGIN { self->id = speculation(); }

BEGIN
{
	MANY(n = n + 1; n = n + 1;)
	speculate(self->id);
	printf("kept %d\n", n);
	MANY(n = n + 1; n = n + 1;)
}

BEGIN
{
	MANY(n = n + 1; n = n + 1;)
	speculate(0);
	printf("lost %d\n", n);
	MANY(n = n + 1; n = n + 1;)
}

BEGIN { commit(self->id); }
BEGIN { printf("%d\n", n); exit(0); }
