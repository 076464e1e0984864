/* SPDX-License-Identifier: MIT */
/* Each conversion has its argument. */
BEGIN { printf("%d"); exit(0); }
