/* SPDX-License-Identifier: MIT */
/*
 * A condition of literals and inline constants chooses at compile time: only the chosen side is
 * checked and kept, actions and aggregations among them.
 */
inline int OPT_time = 0;
inline int OPT_name = 1;
inline int OPT_top = OPT_name && !OPT_time;

BEGIN
{
	1 ? printf("a ") : printf("b ");
	OPT_time ? printf("%d", self->unknown) : 1;
	OPT_top ? printf("top ") : printf("%d", nobody);
	OPT_time || !OPT_name ? trace(unknown_function()) : OPT_name ? printf("chain ") : 1;
	OPT_name ? @calls = count() : 1;
	OPT_time ? @never[self->unknown] = sum(1) : 1;
	OPT_name ? trunc(@calls, 5) : trunc(@unknown);
	x = OPT_name ? 42 : self->unknown;
	printf("%d", x);
	exit(0);
}
