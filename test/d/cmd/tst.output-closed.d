/* SPDX-License-Identifier: MIT */
/*
 * So is output to a closed standard output, whose descriptor nothing else gets.
 * @@ runs: sh ./output-to.sh -
 */
BEGIN { exit(0); }
