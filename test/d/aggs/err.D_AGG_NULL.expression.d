/* SPDX-License-Identifier: MIT */
/*
 * An aggregation alone has no effect.
 */
BEGIN { @a = count(); @a; }
