/* SPDX-License-Identifier: MIT */
/*
 * count() takes nothing.
 */
BEGIN { @a = count(1); }
