/* SPDX-License-Identifier: MIT */
/*
 * Names that came with a later version of D are not known: ucaller came with 1.2, llquantize() with
 * 1.7, an inline with the version that its pragma says.  A version may be lowered, not raised again.
 * @@ runs: for v in 1.1 1.2 1.7; do for e in 'trace(ucaller)' '@ = llquantize(1, 10, 0, 6, 10)' 'trace(later)'; do "$DTRACE" -x version=$v -e -s "$FILE" -n "BEGIN { $e; }" >/dev/null 2>&1 && echo "$v $e"; done; done; "$DTRACE" -x version=1.2 -x version=1.3 -e -n BEGIN 2>&1; "$DTRACE" -x version=9.9 -e -n BEGIN 2>&1; "$DTRACE" -x version=x -e -n BEGIN 2>&1; true
 */
#pragma D binding "1.5" later
inline int later = 3;
BEGIN { exit(0); }
