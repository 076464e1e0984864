/* SPDX-License-Identifier: MIT */
/*
 * $0 is the script.
 */
BEGIN { printf("%s", basename($$0)); exit(0); }
