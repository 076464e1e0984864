/* SPDX-License-Identifier: MIT */
/*
 * A macro argument is an integer of 64 bits, too.
 * @@ args: 18446744073709551616
 */
BEGIN { trace($1); }
