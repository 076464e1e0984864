/* SPDX-License-Identifier: MIT */
/*
 * print() shows the members that lie within printsize bytes.
 * @@ runs: "$DTRACE" -q -x printsize=8 -s "$FILE"; "$DTRACE" -q -x printsize=0 -s "$FILE"
 * @@ exit: 1
 */
struct s { int a; int b; long c; };
struct s s;
BEGIN { s.a = 1; s.b = 2; s.c = 3; print(s); exit(0); }
