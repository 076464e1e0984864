/* SPDX-License-Identifier: MIT */
/* A pointer to a function may not be called. */
BEGIN { trace(curthread->sched_class->enqueue_task(0)); }
