/* SPDX-License-Identifier: MIT */
/*
 * An aggregation has a key or no brackets.
 */
BEGIN { @a[] = count(); }
