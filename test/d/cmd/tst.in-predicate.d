/* SPDX-License-Identifier: MIT */
/*
 * A message about a predicate says so.
 * @@ runs: "$DTRACE" -n 'BEGIN /nosuch/' 
 * @@ exit: 1
 */
BEGIN { exit(0); }
