/* SPDX-License-Identifier: MIT */
/*
 * Members by ->, by (*). and through further pointers; arrays by index.
 * @@ needs: btf
 */
BEGIN {
	this->t = curthread;
	printf("%d %d ", (*this->t).pid == tid, this->t->group_leader->pid == pid);
	printf("%d %d", this->t->comm[0] == 'd', (&this->t->comm[0])[1] == 't');
	exit(0);
}
