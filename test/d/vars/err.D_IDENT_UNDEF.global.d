/* SPDX-License-Identifier: MIT */
/*
 * A variable that is never assigned does not exist.
 */
BEGIN { trace(nosuch + 1); nosuch = 2; }
