/* SPDX-License-Identifier: MIT */
/* So has a clause-local one. */
BEGIN { trace(this->x); exit(0); }
