/* SPDX-License-Identifier: MIT */
/* A number is no text. */
BEGIN { trace(strlen(5)); exit(0); }
