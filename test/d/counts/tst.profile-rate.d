/* SPDX-License-Identifier: MIT */
/*
 * profile-97 fires 97 times a second on each busy CPU; arg0 is a kernel address, arg1 a user one.
 * @@ trigger: $TRIGGERS/syscalls 0
 */
profile-97 { @ = count(); n[cpu]++; }
profile-97 /arg0 == 0 && arg1 == 0/ { none++; }
tick-1s { printf("%d", none); exit(0); }
END { clear(@); }
