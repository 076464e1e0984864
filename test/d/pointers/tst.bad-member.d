/* SPDX-License-Identifier: MIT */
/*
 * A member behind a bad pointer is a fault with its address, not a zero.
 * @@ needs: btf
 */
BEGIN { printf("%d", ((struct task_struct *)8)->pid); }
ERROR { printf("%d %d", arg4, arg5 == 8 + offsetof(struct task_struct, pid)); exit(0); }
