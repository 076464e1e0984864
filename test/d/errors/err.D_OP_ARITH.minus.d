/* SPDX-License-Identifier: MIT */
/* Nor has it a sign. */
BEGIN { trace(-"a"); exit(0); }
