/* SPDX-License-Identifier: MIT */
/*
 * Behind -- all words are macro arguments.
 * @@ runs: "$DTRACE" -qn 'BEGIN { printf("%s %d", $$1, $2); exit(0); }' -- -q -12
 */
BEGIN { exit(0); }
