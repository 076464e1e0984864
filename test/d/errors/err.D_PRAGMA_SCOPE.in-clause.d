/* SPDX-License-Identifier: MIT */
/* A pragma for a name stands outside of clauses. */
BEGIN {
#pragma D depends_on library procfs.d
}
