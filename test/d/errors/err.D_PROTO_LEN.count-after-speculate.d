/* SPDX-License-Identifier: MIT */
/* Wrong arguments of an aggregating function come before its place behind speculate(). */
BEGIN { speculate(1); @ = count(3); }
