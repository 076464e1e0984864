/* SPDX-License-Identifier: MIT */
/*
 * pgrrun fires when kswapd runs, as /proc/vmstat counts it. Only in a machine of the case's own, in
 * which nobody else finds memory short.
 * @@ needs: vm
 * @@ alone:
 * @@ runs: $DTRACE -q -s $FILE -c "/usr/bin/python3 kswapd.py" | awk 'NR == 1 { told = $1 } NR > 1 && NF == 1 { print (told > 0), ($1 == told) }'
 */
vminfo:::pgrrun { n += arg0; }
END { printf("%d\n", n); }
