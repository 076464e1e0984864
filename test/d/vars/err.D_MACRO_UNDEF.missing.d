/* SPDX-License-Identifier: MIT */
/*
 * A macro argument that was not given.
 */
BEGIN { trace($3); }
