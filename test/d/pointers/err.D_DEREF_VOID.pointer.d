/* SPDX-License-Identifier: MIT */
/*
 * Nothing lies behind a void *.
 */
BEGIN { trace(*(void *)8); }
