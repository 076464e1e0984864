/* SPDX-License-Identifier: MIT */
/*
 * -l lists the probes of a description under a header.
 * @@ runs: "$DTRACE" -l -n BEGIN
 */
BEGIN { exit(0); }
