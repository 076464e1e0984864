/* SPDX-License-Identifier: MIT */
/*
 * What follows a number without a blank belongs to it.
 */
BEGIN { trace(12ab); }
