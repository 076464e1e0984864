/* SPDX-License-Identifier: MIT */
/*
 * scan and dfree count the pages that reclaim looks at and frees, as the kernel counts them; what is
 * freed is anonymous or of files.
 * @@ needs: loop reclaim
 * @@ runs: ../io/with-disk loop sh -c '$DTRACE -q -s $FILE -c "/usr/bin/python3 reclaim.py $DISK"' | awk 'NR == 1 { seen = $1; freed = $2 } NF == 4 { print (seen > 0), (seen == $1), (freed > 0), (freed == $2), ($2 == $3 + $4) }'
 */
vminfo:::scan /pid == $target/ { seen += arg0; }
vminfo:::dfree /pid == $target/ { freed += arg0; }
vminfo:::fsfree /pid == $target/ { fs += arg0; }
vminfo:::anonfree /pid == $target/ { anon += arg0; }
END { printf("%d %d %d %d\n", seen, freed, fs, anon); }
