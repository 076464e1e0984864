/* SPDX-License-Identifier: MIT */
/* A thread-local variable has to be assigned before it is read. */
BEGIN { trace(self->x); exit(0); }
