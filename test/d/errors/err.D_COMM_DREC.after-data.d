/* SPDX-License-Identifier: MIT */
/* commit() may not follow an action that records data. */
BEGIN { trace(1); commit(1); }
