/* SPDX-License-Identifier: MIT */
/*
 * -e compiles and ends; nothing is printed and nothing fires.
 * @@ runs: "$DTRACE" -e -n 'BEGIN { printf("not seen"); }'
 */
BEGIN { exit(0); }
