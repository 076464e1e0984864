/* SPDX-License-Identifier: MIT */
/*
 * A predicate may name variables that only its own clause declares, by assigning to them.
 */
BEGIN /self->n == 0/ { self->n = 1; printf("thread "); }
BEGIN /self->n == 0/ { printf("never "); }
BEGIN /i < 100/ { i++; j = i; printf("global "); }
BEGIN /!seen[i, "x"]/ { seen[i, "x"] = 1; printf("array "); }
BEGIN /this->late == 0/ { this->late = 2; printf("clause %d", j); }
BEGIN { exit(0); }
