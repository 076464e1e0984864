/* SPDX-License-Identifier: MIT */
/*
 * maj_fault fires for the faults that getrusage() calls major, pgin and fspgin for what they read.
 * @@ needs: loop
 * @@ runs: ../io/with-disk loop sh -c '$DTRACE -q -s $FILE -c "/usr/bin/python3 major.py $DISK 30"'
 */
self int in;
syscall::getppid:entry /pid == $target/ { self->in = !self->in; }
vminfo:::maj_fault /self->in/ { major += arg0; }
vminfo:::pgin /self->in/ { operations += arg0; }
vminfo:::pgpgin /self->in/ { pages += arg0; }
vminfo:::fspgin /self->in/ { fs += arg0; }
vminfo:::anonpgin, vminfo:::*pgout /self->in/ { others += arg0; }
END { printf("%d %d %d %d %d", major, fs, pages, operations, others); }
