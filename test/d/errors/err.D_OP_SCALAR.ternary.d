/* SPDX-License-Identifier: MIT */
/* So does ?:. */
BEGIN { trace(*curthread ? 1 : 2); exit(0); }
