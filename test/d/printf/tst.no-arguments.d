/* SPDX-License-Identifier: MIT */
/*
 * A format may be only text; its newline and the clause's both count.
 */
BEGIN { printf("one\n"); printf("%%\n"); printf("three"); exit(0); }
