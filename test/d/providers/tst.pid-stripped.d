/* SPDX-License-Identifier: MIT */
/*
 * With "-" as its function a probe lies at an address in the object, as nm shows it: the way into a
 * stripped program. An address without code is an error.
 * @@ needs: uprobes
 * @@ runs: a=$(nm "$TRIGGERS/functions" | sed -n 's/^0*\([0-9a-f]*\) . inner$/\1/p'); strip -o $TMP/stripped "$TRIGGERS/functions"; "$DTRACE" -qc "$TMP/stripped 4" -n "pid\$target:a.out:-:$a { n++; f = probefunc; } END { printf(\"%d %s\n\", n, f); }"; "$DTRACE" -xerrtags -qc "$TMP/stripped 4" -n 'pid$target:a.out:-:10 { }' 2>&1 | grep -o 'D_PROC_OFF.*'
 */
BEGIN { exit(0); }
