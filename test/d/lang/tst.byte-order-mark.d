/* SPDX-License-Identifier: MIT */
/*
 * A byte order mark at the start is skipped.
 */
BEGIN { printf("read"); exit(0); }
