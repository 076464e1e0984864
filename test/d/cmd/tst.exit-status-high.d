/* SPDX-License-Identifier: MIT */
/*
 * The status is the low byte of exit()'s argument.
 * @@ runs: "$DTRACE" -qn 'BEGIN { exit(260); }' >/dev/null
 * @@ exit: 4
 */
BEGIN { exit(0); }
