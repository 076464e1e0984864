/* SPDX-License-Identifier: MIT */
/*
 * An unknown option of the consumer.
 * @@ runs: "$DTRACE" -x nosuchoption -n BEGIN
 * @@ exit: 1
 */
BEGIN { exit(0); }
