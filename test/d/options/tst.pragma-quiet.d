/* SPDX-License-Identifier: MIT */
/*
 * Options by pragma.
 * @@ flags:
 */
#pragma D option quiet
BEGIN { printf("quiet"); exit(0); }
