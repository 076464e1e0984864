/* SPDX-License-Identifier: MIT */
/* A number points nowhere. */
BEGIN { trace(*1); exit(0); }
