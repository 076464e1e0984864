/* SPDX-License-Identifier: MIT */
/*
 * A null pointer in a predicate is false; following it is a fault.
 */
struct task_struct *none;
BEGIN /none && none->pid/ { printf("no"); }
BEGIN /!none/ { printf("null"); exit(0); }
