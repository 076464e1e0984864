/* SPDX-License-Identifier: MIT */
/* Optional arguments have an end too. */
BEGIN { trace(substr("abc", 1, 2, 3)); exit(0); }
