/* SPDX-License-Identifier: MIT */
/*
 * An open bracket in a predicate.
 */
BEGIN /x[1/ { }
