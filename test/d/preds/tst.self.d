/* SPDX-License-Identifier: MIT */
/*
 * The old way to measure: a thread's own flag from entry to return.
 * @@ args: -c "$TRIGGERS/syscalls 100"
 */
syscall::read:entry /pid == $target && arg2 == 16/ { self->in = timestamp; }
syscall::read:return /self->in/ { @n = count(); @positive = min(timestamp - self->in > 0); self->in = 0; }
syscall::read:return /self->in/ { @left = count(); }
