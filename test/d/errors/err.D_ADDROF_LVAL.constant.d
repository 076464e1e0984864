/* SPDX-License-Identifier: MIT */
/* A constant has no address. */
BEGIN { trace(&1); exit(0); }
