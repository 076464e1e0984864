/* SPDX-License-Identifier: MIT */
/*
 * A probe that does not exist: status 1, the description in the message.
 * @@ runs: "$DTRACE" -n nosuchprovider:::x
 * @@ exit: 1
 */
BEGIN { exit(0); }
