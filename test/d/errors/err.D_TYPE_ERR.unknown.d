/* SPDX-License-Identifier: MIT */
/* A type has to exist. */
BEGIN { trace((no_such_type_t *)0); exit(0); }
