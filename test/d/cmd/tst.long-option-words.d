/* SPDX-License-Identifier: MIT */
/*
 * After --, and as the value of an option, --help is a word like any other; an unknown long option
 * is a bad command line.
 * @@ runs: "$DTRACE" -qn 'BEGIN { trace($$1); exit(0); }' -- --help; "$DTRACE" -n --help 2>&1 | grep -c Usage; "$DTRACE" --nosuch 2>/dev/null || echo $?
 */
BEGIN { exit(0); }
