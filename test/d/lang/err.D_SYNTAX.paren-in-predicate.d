/* SPDX-License-Identifier: MIT */
/*
 * An open parenthesis in a predicate.
 */
BEGIN /(1/ { }
