/* SPDX-License-Identifier: MIT */
/*
 * A function is called by its name.
 */
BEGIN { (trace)(1); }
