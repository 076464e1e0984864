/* SPDX-License-Identifier: MIT */
/* Either way. */
BEGIN { printf("%d", "x"); exit(0); }
