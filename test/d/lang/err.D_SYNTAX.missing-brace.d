/* SPDX-License-Identifier: MIT */
/*
 * The end inside of a clause.
 */
BEGIN { trace(1);
