/* SPDX-License-Identifier: MIT */
/*
 * Under -q strings are printed as they are.
 */
BEGIN { trace("hello"); trace(""); trace(" x"); exit(0); }
