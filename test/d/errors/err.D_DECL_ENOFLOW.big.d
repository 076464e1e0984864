/* SPDX-License-Identifier: MIT */
/* Of 32 bits. */
enum e { A = 99999999999 };
BEGIN { exit(0); }
