/* SPDX-License-Identifier: MIT */
/*
 * --help shows the usage on standard output, status 0, wherever it stands among the options.
 * @@ runs: "$DTRACE" --help | grep -cE "^Usage: dtrace|^.--version "; "$DTRACE" -q --help | tail -1; "$DTRACE" --help >/dev/null && echo good
 */
BEGIN { exit(0); }
