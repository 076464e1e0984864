/* SPDX-License-Identifier: MIT */
/* Of its type. */
BEGIN { printf("%s", 1); exit(0); }
