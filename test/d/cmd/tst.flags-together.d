/* SPDX-License-Identifier: MIT */
/*
 * Flags may be joined and words after them are macro arguments.
 * @@ runs: "$DTRACE" -qn 'BEGIN { printf("%s %d", $$1, $2); exit(0); }' abc 7
 */
BEGIN { exit(0); }
