/* SPDX-License-Identifier: MIT */
/* And of an array in a structure of the kernel. */
BEGIN { trace(curthread->comm[16]); exit(0); }
