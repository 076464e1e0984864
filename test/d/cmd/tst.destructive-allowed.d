/* SPDX-License-Identifier: MIT */
/*
 * -w is reported after enabling; the output of a command appears in its place.
 * @@ runs: "$DTRACE" -wn 'BEGIN { printf("<"); system("echo in"); printf(">"); exit(0); }' 
 */
BEGIN { exit(0); }
