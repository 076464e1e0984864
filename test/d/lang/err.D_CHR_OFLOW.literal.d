/* SPDX-License-Identifier: MIT */
/*
 * Eight characters fill an integer.
 */
BEGIN { trace('123456789'); }
