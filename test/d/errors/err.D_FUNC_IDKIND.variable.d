/* SPDX-License-Identifier: MIT */
/* A variable cannot be called. */
BEGIN { trace(pid()); exit(0); }
