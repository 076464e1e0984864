/* SPDX-License-Identifier: MIT */
/*
 * The last macro argument must be used.
 * @@ args: unused
 */
BEGIN { exit(0); }
