/* SPDX-License-Identifier: MIT */
/*
 * -V names the version of D.
 * @@ runs: "$DTRACE" -V
 */
BEGIN { exit(0); }
