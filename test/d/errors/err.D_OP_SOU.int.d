/* SPDX-License-Identifier: MIT */
/* Only structures have members. */
BEGIN { trace(((int *)0)->x); exit(0); }
