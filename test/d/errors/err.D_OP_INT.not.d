/* SPDX-License-Identifier: MIT */
/* In ~ too. */
BEGIN { trace(~"a"); exit(0); }
