/* SPDX-License-Identifier: MIT */
/* In a predicate neither. */
BEGIN /no_such_name/ { exit(0); }
