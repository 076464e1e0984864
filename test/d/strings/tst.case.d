/* SPDX-License-Identifier: MIT */
/*
 * toupper() and tolower() change ASCII letters alone.
 */
BEGIN { s = "MiXed 1\xc3\xa4"; printf("%s %s", toupper(s), tolower(s)); exit(0); }
