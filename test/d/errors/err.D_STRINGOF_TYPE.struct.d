/* SPDX-License-Identifier: MIT */
/* A structure is no text. */
BEGIN { trace(stringof(*curthread)); exit(0); }
