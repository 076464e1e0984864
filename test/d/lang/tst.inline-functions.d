/* SPDX-License-Identifier: MIT */
/*
 * Inlines with parameters: of other inlines, of strings, with structures' members and casts of the
 * parameters' types. A parameter is evaluated where it is used.
 */
inline int twice[int x] = x * 2;
inline int four_times[int x] = twice[twice[x]];
inline string choose[int which, string a, string b] = which == 1 ? a : b;
inline int low_byte[uint8_t x] = x;
inline pid_t group[struct task_struct *t] = t->tgid;
inline int LIMIT = twice[4];

BEGIN
{
	n = 3;
	printf("%d %d %d %d\n", twice[n], four_times[n + 1], LIMIT, twice[twice[n] - 1]);
	printf("%s %s\n", choose[1, "yes", "no"], choose[n, "yes", strjoin("n", "o")]);
	printf("%d %d\n", low_byte[0x1234], group[curthread] == pid);
	exit(0);
}
