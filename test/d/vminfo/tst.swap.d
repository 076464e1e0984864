/* SPDX-License-Identifier: MIT */
/*
 * anonpgout and anonpgin fire for pages that go to swap and come back, as /proc/vmstat counts them.
 * @@ needs: memory-disk no-rw_page
 * @@ alone:
 * @@ runs: ../io/with-disk memory sh -c '$DTRACE -q -s $FILE -c "/usr/bin/python3 swap.py $DISK 200"' | awk 'NR == 1 { out = $1; back = $2 } NF == 4 { print (out >= 200), (out == $1), (back == $2), ($1 <= $3), ($2 <= $4) }'
 */
syscall::swapoff:entry { off = 1; }
vminfo:::anonpgout /!off/ { out += arg0; }
vminfo:::anonpgin /!off/ { back += arg0; }
vminfo:::pgpgout /!off/ { all_out += arg0; }
vminfo:::pgpgin /!off/ { all_back += arg0; }
END { printf("%d %d %d %d\n", out, back, all_out, all_back); }
