/* SPDX-License-Identifier: MIT */
/*
 * Bit-fields of the kernel's structures are read like other members.
 * @@ needs: btf
 */
BEGIN { printf("%d", curthread->sched_reset_on_fork); exit(0); }
