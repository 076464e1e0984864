/* SPDX-License-Identifier: MIT */
/* The data of curthread are the kernel's own: Stable/Private/Common. */
#pragma D option amin=Stable/Stable/Common
dtrace:::BEGIN { trace(curthread->pid); exit(0); }
