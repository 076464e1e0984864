/* SPDX-License-Identifier: MIT */
/*
 * A string is printed as text, with rawbytes as a dump of all of its bytes.
 * @@ runs: "$DTRACE" -q -s "$FILE"; "$DTRACE" -qx rawbytes -s "$FILE"
 */
#pragma D option strsize=16
string s;
BEGIN { s = "ab"; trace(s); exit(0); }
