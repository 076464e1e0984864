/* SPDX-License-Identifier: MIT */
/* read(2) has three arguments. */
syscall::read:entry { trace(args[3]); exit(0); }
