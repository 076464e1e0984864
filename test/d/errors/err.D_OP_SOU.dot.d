/* SPDX-License-Identifier: MIT */
/* The dot is not. */
BEGIN { trace(curthread.pid); exit(0); }
