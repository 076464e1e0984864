/* SPDX-License-Identifier: MIT */
/*
 * normalize() by a constant zero does not compile.
 */
BEGIN { @ = count(); normalize(@, 1 - 1); }
