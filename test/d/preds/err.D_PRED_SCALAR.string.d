/* SPDX-License-Identifier: MIT */
/*
 * A string is no predicate.
 */
BEGIN /execname/ { }
