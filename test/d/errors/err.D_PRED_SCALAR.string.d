/* SPDX-License-Identifier: MIT */
/* A predicate is a number or a pointer. */
BEGIN /execname/ { exit(0); }
