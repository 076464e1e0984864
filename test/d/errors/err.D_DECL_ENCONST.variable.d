/* SPDX-License-Identifier: MIT */
/* An enumerator is a constant. */
enum e { A = pid };
BEGIN { exit(0); }
