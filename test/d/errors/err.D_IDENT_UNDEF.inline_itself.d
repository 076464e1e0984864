/* SPDX-License-Identifier: MIT */
/* An inline does not know itself. */
inline int forever = forever + 1;
BEGIN { exit(forever); }
