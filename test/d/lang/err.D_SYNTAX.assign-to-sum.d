/* SPDX-License-Identifier: MIT */
/*
 * Only an lvalue may stand left of an assignment.
 */
BEGIN { a + b = 2; }
