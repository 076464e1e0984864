/* SPDX-License-Identifier: MIT */
/*
 * Only memory of the program's own is written, within its bounds and until its clause ends.
 * Everything else is a fault.
 * @@ needs: btf
 */
BEGIN { size = 6; this->old = (char *)alloca(8); this->old[7] = 1; }
BEGIN { this->old[0] = 6; printf("gone\n"); }
BEGIN { this->p = (char *)alloca(size); this->p[size] = 1; printf("behind\n"); }
BEGIN { this->p = (char *)alloca(8); this->p[-1] = 1; printf("before\n"); }
BEGIN { this->q = (char *)alloca(8); *(int *)(this->q + 5) = 1; printf("across\n"); }
BEGIN { this->p = (char *)alloca(8); bcopy(curthread->comm, this->p, 9); printf("long\n"); }
BEGIN { this->p = (char *)alloca(8); bcopy(curthread->comm, this->p + 1, size + 2); printf("b\n"); }
BEGIN { this->p = (char *)alloca(8); bcopy((void *)8, this->p, 8); printf("from nowhere\n"); }
BEGIN { this->p = (char *)alloca(5000 + size); printf("too much\n"); }
BEGIN { this->t = curthread; this->t->pid = 1; printf("kernel\n"); }
BEGIN { *(int *)0 = 1; printf("null\n"); }
ERROR { printf("%d in action #%d\n", arg4, arg2); }
BEGIN { exit(0); }
