/* SPDX-License-Identifier: MIT */
/* The index of args[] is a constant. */
syscall::read:entry { trace(args[pid]); exit(0); }
