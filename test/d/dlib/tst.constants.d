/* SPDX-License-Identifier: MIT */
/* Constants that every program has: errors, signals and their codes, faults. */
BEGIN
{
	printf("%d %d %d %d\n", EPERM, EINTR, EAGAIN, EWOULDBLOCK);
	printf("%d %d %d %d\n", SIGHUP, SIGKILL, SIGCHLD, CLD_EXITED);
	printf("%d %d\n", DTRACEFLT_BADADDR, DTRACEFLT_DIVZERO);
	EINTR == 4 ? printf("known when compiled\n") : printf("%d", 1);
	i = 1;
}
BEGIN { trace(i / (i - 1)); }
ERROR /arg4 == DTRACEFLT_DIVZERO/ { printf("divided by zero\n"); exit(0); }
