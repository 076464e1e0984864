/* SPDX-License-Identifier: MIT */
/*
 * A C++ program all of whose functions have return probes catches its exceptions, and ends with its
 * own status.  A function that an exception leaves does not return.
 * @@ needs: uprobes x86_64
 * @@ runs: $DTRACE -s $FILE -c $TRIGGERS/exceptions 2>&1 | grep -o '_Z.*\|exited.*\|^[0-9]* 30$'
 */
pid$target:a.out::return { all++; }
pid$target:a.out:_Z*:return { @[probefunc] = count(); @sum[probefunc] = sum((int64_t)arg1); }
END { printa("%s %@d %@d\n", @, @sum); }
