/* SPDX-License-Identifier: MIT */
/*
 * Two pointers do not add up.
 */
BEGIN { trace(curthread + curthread); }
