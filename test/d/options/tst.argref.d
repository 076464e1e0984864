/* SPDX-License-Identifier: MIT */
/*
 * argref permits macro arguments that the program does not use.
 * @@ runs: "$DTRACE" -qx argref -s "$FILE" 1 unused && "$DTRACE" -q -s "$FILE" 1 unused 2>&1 | grep -c 'extraneous argument'
 */
BEGIN { trace($1); exit(0); }
