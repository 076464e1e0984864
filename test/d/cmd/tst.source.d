/* SPDX-License-Identifier: MIT */
/*
 * -d prints the program: descriptions in full, macro variables replaced.
 * @@ runs: "$DTRACE" -d -e -s "$FILE" 42 word
 */
struct point { int x : 3, *y[4]; int (*f)(int, char *); };
inline string name[int i] = i ? "a\n" : "b";
self int x;
BEGIN, tick-1s
/ *(int *)$1 > 017 && execname == $$2/
{
	@a["k", 1] = quantize(- -arg0);
	if (self->x++) { trace('a'); } else trace(sizeof (struct point *));
}
END;
