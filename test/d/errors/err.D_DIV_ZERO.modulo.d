/* SPDX-License-Identifier: MIT */
/* So is a remainder. */
BEGIN { trace(pid % 0); exit(0); }
