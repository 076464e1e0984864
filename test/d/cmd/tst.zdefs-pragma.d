/* SPDX-License-Identifier: MIT */
/*
 * zdefs by a pragma holds for the program that it stands in.
 * @@ runs: printf '#pragma D option quiet\n#pragma D option zdefs\nnosuch::: { } BEGIN { printf("ran"); exit(0); }' | "$DTRACE" -s -
 */
BEGIN { exit(0); }
