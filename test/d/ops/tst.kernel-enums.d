/* SPDX-License-Identifier: MIT */
/*
 * The kernel's enumerators are there by their names.
 * @@ needs: btf
 */
BEGIN { printf("%d %d", PIDTYPE_PID, PIDTYPE_TGID); exit(0); }
