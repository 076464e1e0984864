/* SPDX-License-Identifier: MIT */
/*
 * Two statements without a semicolon between them.
 */
BEGIN { trace(1) trace(2) }
