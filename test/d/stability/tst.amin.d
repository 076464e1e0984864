/* SPDX-License-Identifier: MIT */
/*
 * -x amin demands a least stability of everything that a program uses. A pragma says what an inline is worth.
 * @@ args: -x amin=Evolving/Evolving/Common
 */
inline int my_pid = curthread->pid;
#pragma D attributes Stable/Evolving/Common my_pid
dtrace:::BEGIN { printf("%d\n", my_pid == curpsinfo->pr_pid); exit(0); }
