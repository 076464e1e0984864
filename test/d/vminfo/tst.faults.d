/* SPDX-License-Identifier: MIT */
/*
 * The first access to each page is an as_fault; a write to what could only be read, the zero page,
 * is a prot_fault. Together they are the faults that the process is told of.
 * @@ needs: x86_64
 * @@ runs: $DTRACE -q -s $FILE -c "/usr/bin/python3 faults.py 500" | awk 'NF == 1 { told = $1 } NF == 2 { print ($1 >= 500 && $1 < 600), ($2 >= 500 && $2 < 600), (told >= $1 + $2 - 5 && told < $1 + $2 + 50) }'
 */
self int in;
syscall::getppid:entry /pid == $target/ { self->in = !self->in; }
vminfo:::as_fault /self->in/ { as += arg0; }
vminfo:::prot_fault /self->in/ { prot += arg0; }
END { printf("%d %d\n", as, prot); }
