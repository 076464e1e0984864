/* SPDX-License-Identifier: MIT */
/*
 * No argument at all: the usage on standard error, status 2.
 * @@ runs: "$DTRACE" 2>&1 >/dev/null | grep -c "^Usage: dtrace"; "$DTRACE" 2>/dev/null
 * @@ exit: 2
 */
BEGIN { exit(0); }
