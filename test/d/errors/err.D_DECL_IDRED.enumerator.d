/* SPDX-License-Identifier: MIT */
/* An enumerator has one value. */
enum e { A, A };
BEGIN { exit(0); }
