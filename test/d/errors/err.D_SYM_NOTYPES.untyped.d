/* SPDX-License-Identifier: MIT */
/*
 * Where nobody says what type a variable of the kernel has, it is an error.
 * @@ needs: symbols, untyped-symbols
 */
BEGIN { trace(`max_pfn); exit(0); }
