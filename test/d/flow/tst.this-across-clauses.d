/* SPDX-License-Identifier: MIT */
/*
 * this-> variables live across the clauses of one firing.
 */
BEGIN { this->x = 7; this->s = "seven"; }
BEGIN { printf("%d %s", this->x, this->s); exit(0); }
