/* SPDX-License-Identifier: MIT */
/* What a program defines holds, although a library defines the name as well. */
inline int EINTR = 77;
BEGIN { ENOENT = 5; printf("%d %d %d\n", EINTR, ENOENT, EPERM); exit(0); }
