/* SPDX-License-Identifier: MIT */
/*
 * A missing distribution is drawn empty.
 */
BEGIN { @a[1] = count(); @b[2] = quantize(7); printa(@a, @b); exit(0); }
