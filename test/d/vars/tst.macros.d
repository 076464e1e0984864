/* SPDX-License-Identifier: MIT */
/*
 * Macro arguments: $1 as written, $$1 as a string; $0 is the script.
 * @@ args: 42 word
 */
BEGIN { printf("%d %s %s", $1 + 1, $$2, $$1); exit(0); }
