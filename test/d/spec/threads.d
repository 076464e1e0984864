/* SPDX-License-Identifier: MIT */
/* For tst.threads.d. */
#pragma D option nspec=16
#pragma D option switchrate=50hz
syscall::lseek:entry /pid == $target/ { self->spec = speculation(); }
syscall::lseek:entry /self->spec/ { speculate(self->spec); self->n++; printf("entry %d.%d\n", tid, self->n); }
syscall::lseek:return /self->spec/ { speculate(self->spec); printf("return %d.%d %d\n", tid, self->n, errno); }
syscall::lseek:return /self->spec && errno/ { commit(self->spec); self->spec = 0; }
syscall::lseek:return /self->spec/ { discard(self->spec); self->spec = 0; }
