/* SPDX-License-Identifier: MIT */
/*
 * No cast makes a structure of a number.
 */
BEGIN { trace((struct task_struct)1); }
