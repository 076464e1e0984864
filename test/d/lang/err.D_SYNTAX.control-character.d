/* SPDX-License-Identifier: MIT */
/*
 * Bytes that are no text.
 */
BEGIN {  }
