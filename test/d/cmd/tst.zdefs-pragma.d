/* SPDX-License-Identifier: MIT */
/*
 * A zdefs pragma applies to the program that contains it.
 * @@ runs: printf '#pragma D option quiet\n#pragma D option zdefs\nnosuch::: { } BEGIN { printf("ran"); exit(0); }' | "$DTRACE" -s -
 */
BEGIN { exit(0); }
