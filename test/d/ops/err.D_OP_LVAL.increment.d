/* SPDX-License-Identifier: MIT */
/*
 * What is no variable does not grow.
 */
BEGIN { trace(5++); }
