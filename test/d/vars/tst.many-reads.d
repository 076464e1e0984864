/* SPDX-License-Identifier: MIT */
/*
 * A clause may read memory and elements as often as it likes: what one read needs of the stack the next one has again.
 */
int n;
BEGIN { this->t = curthread; a[1] = 1; }
BEGIN {
	n += (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + a[1] + a[2] + a[3] + a[4] + a[5];
	n += (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + a[1] + a[2] + a[3] + a[4] + a[5];
	n += (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + a[1] + a[2] + a[3] + a[4] + a[5];
	n += (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + a[1] + a[2] + a[3] + a[4] + a[5];
	n += (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + a[1] + a[2] + a[3] + a[4] + a[5];
	n += (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + a[1] + a[2] + a[3] + a[4] + a[5];
	n += (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + a[1] + a[2] + a[3] + a[4] + a[5];
	n += (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + (this->t->real_parent->tgid == ppid) + a[1] + a[2] + a[3] + a[4] + a[5];
	printf("%d", n);
	exit(0);
}
