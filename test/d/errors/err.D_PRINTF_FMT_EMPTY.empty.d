/* SPDX-License-Identifier: MIT */
/* A format is not empty. */
BEGIN { printf(""); exit(0); }
