/* SPDX-License-Identifier: MIT */
/* Nor can breakpoint(). */
BEGIN { breakpoint(); }
