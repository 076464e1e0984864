/* SPDX-License-Identifier: MIT */
/*
 * Assigning a translated object assigns its members: bit-fields, arrays, strings, structures that
 * are translated in turn. What the translator leaves out is zero. The input is evaluated once.
 * @@ needs: btf
 */
struct inner { int plus; int bits : 3; };
struct info {
	struct inner in;
	char name[4];
	string text;
	pid_t pid;
	int left_out;
	short nums[3];
	char raw[4];
};
struct source { short nums[3]; char raw[4]; } source;
translator struct inner < long V > { plus = V + 1; bits = -1; };
translator struct info < struct task_struct *T > {
	in = xlate <struct inner>(T->tgid);
	name = T->comm;
	text = strjoin("is ", T->comm);
	pid = T->pid;
	nums = source.nums;
	raw = source.raw;
};
inline pid_t PID[struct info *p] = p->pid;
struct info o;
int n;

BEGIN
{
	source.nums[2] = 7;
	source.raw[3] = 'x';
	o.left_out = 3;
	o = xlate <struct info>(curthread);
	printf("%d %d %s %s %d %d %d %c\n", o.in.plus == pid + 1, o.in.bits, stringof(o.name),
	    o.text, o.pid == tid, o.left_out, o.nums[2], o.raw[3]);
	this->t = *xlate <struct info *>(curthread);
	of[1] = xlate <struct info>(curthread);
	self->in = xlate <struct inner>(n++);
	printf("%s %s %d %d\n", this->t.text, of[1].text, self->in.plus, n);
	printf("%d %d %d\n", sizeof (xlate <struct info *>(curthread)->name), sizeof (xlate <struct info>(curthread)),
	    PID[xlate <struct info *>(curthread)] == tid);
	exit(0);
}
