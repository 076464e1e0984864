/* SPDX-License-Identifier: MIT */
/*
 * -l of a probe that does not exist: a message, and status 0.
 * @@ runs: "$DTRACE" -l -n nosuch:::probe
 */
BEGIN { exit(0); }
