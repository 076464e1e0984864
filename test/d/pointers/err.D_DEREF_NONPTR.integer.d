/* SPDX-License-Identifier: MIT */
/*
 * A number is no pointer.
 */
BEGIN { trace(*pid); }
