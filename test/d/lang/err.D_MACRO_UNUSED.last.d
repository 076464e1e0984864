/* SPDX-License-Identifier: MIT */
/*
 * The last argument must be used.
 * @@ args: 1 2
 */
BEGIN { trace($1); }
