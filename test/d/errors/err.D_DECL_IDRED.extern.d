/* SPDX-License-Identifier: MIT */
/* A variable of the kernel is declared with one type only. */
extern unsigned long max_pfn;
extern unsigned long max_pfn;
extern int max_pfn;
BEGIN { exit(0); }
