/* SPDX-License-Identifier: MIT */
/*
 * debug shows the maps, buffers and programs of the run, on standard error.
 * @@ runs: "$DTRACE" -q -x debug -x bufsize=64k -s "$FILE" 2>&1 >/dev/null | sed -n 's/, [0-9]* instructions//; s/: [0-9]* instructions,/:/; s/type [0-9]*.*, \([0-9]*\) entries/\1 entries/; /^map state/p; /^program/p; /CPU 0/p'
 */
BEGIN { exit(0); }
syscall::getppid:entry { n++; trace(n); }
