/* SPDX-License-Identifier: MIT */
/* Associative arrays are not clause-local. */
BEGIN { this->a[1] = 1; exit(0); }
