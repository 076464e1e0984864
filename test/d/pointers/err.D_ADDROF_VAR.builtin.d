/* SPDX-License-Identifier: MIT */
/*
 * Built-in variables have no address.
 */
BEGIN { trace(&pid); }
