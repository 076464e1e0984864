/* SPDX-License-Identifier: MIT */
/*
 * A structure is no string.
 */
BEGIN { trace(stringof(*curthread)); }
