/* SPDX-License-Identifier: MIT */
/*
 * After -- all words are macro arguments.
 * @@ runs: "$DTRACE" -qn 'BEGIN { printf("%s %d", $$1, $2); exit(0); }' -- -q -12
 */
BEGIN { exit(0); }
