/* SPDX-License-Identifier: MIT */
/* A program may name what it needs: libraries, providers, modules of the kernel. */
#pragma D depends_on library errno.d
#pragma D depends_on provider syscall
#pragma D depends_on module vmlinux
BEGIN { printf("%d\n", EINTR); exit(0); }
