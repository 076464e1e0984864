/* SPDX-License-Identifier: MIT */
/*
 * Elements of arrays of arrays and of arrays in structures, in variables of all kinds and in the
 * program's own memory, by indices that only the run knows, mixed with constant ones.
 */
struct inner { short x[2]; };
struct outer { int a[2][3]; struct inner in[3]; char name[8]; struct inner *to; };
struct tail { int n; char text[]; };
struct old_tail { int n; char text[1]; };
struct outer v, w[int];
int cube[2][3][4];
string texts[3];

BEGIN
{
	i = 1; j = 2; k = 3;
	cube[i][j][k] = 5; cube[1][j][0] = 6; cube[i][0][k] = 7; cube[0][1][k] += 8;
	printf("%d %d %d %d %d\n", cube[1][2][3], cube[i][j][0], cube[1][0][3], cube[0][i][3],
	    sizeof (cube));
	v.a[i][j] = 12; v.a[i][j]++; v.a[0][j] = 2;
	v.in[j].x[i] = -7; w[5].in[j].x[i] = 8; w[5].in[i].x[0]--;
	v.name[j] = 'z';
	printf("%d %d %d %d %d %d %c\n", v.a[1][2], v.a[i][j], v.a[i - 1][2], v.in[2].x[1],
	    w[5].in[2].x[i], w[5].in[i].x[i - 1], v.name[2]);
	texts[i] = "one"; texts[j] = strjoin(texts[i], "two");
	printf("%s %s%s\n", texts[1], texts[2], texts[i - 1]);
}
BEGIN
{
	this->tail = (struct tail *)alloca(16);
	this->tail->text[k] = 'a';
	this->tail->text[j] = 'b';
	this->old = (struct old_tail *)alloca(16);
	this->old->text[k + 4] = 'c';
	this->many = (struct inner *)alloca(20);
	this->many[j].x[i] = 9;
	v.to = this->many;
	printf("%c%c%c %d %d\n", this->tail->text[3], this->tail->text[j], this->old->text[k + 4],
	    this->many[2].x[1], v.to[j].x[i]);
	printf("%c\n", (text = "abc")[j]);
	exit(0);
}
