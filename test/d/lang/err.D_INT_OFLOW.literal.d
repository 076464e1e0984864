/* SPDX-License-Identifier: MIT */
/*
 * An integer has 64 bits.
 */
BEGIN { trace(18446744073709551616); }
