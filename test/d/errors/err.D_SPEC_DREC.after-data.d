/* SPDX-License-Identifier: MIT */
/* speculate() may not follow an action that records data. */
BEGIN { trace(1); speculate(1); }
