/* SPDX-License-Identifier: MIT */
/* trunc() of a number. */
BEGIN { trunc(1); exit(0); }
