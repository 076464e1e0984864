/* SPDX-License-Identifier: MIT */
/*
 * -> wants a pointer to a structure.
 */
BEGIN { trace(((int *)8)->x); }
