/* SPDX-License-Identifier: MIT */
/*
 * What a process writes and synchronises is paged out, each of its pages once;
 * what it writes past the page cache is not.
 * @@ needs: loop
 * @@ runs: ../io/with-disk loop sh -c '$DTRACE -q -s $FILE -c "sh -c \"dd if=/dev/zero of=/dev/$DISK bs=64k count=5 conv=fsync status=none; dd if=/dev/zero of=/dev/$DISK bs=64k count=5 oflag=direct status=none\""'
 */
syscall::fsync:entry, syscall::write:entry /progenyof($target)/ { self->in = 1; }
syscall::fsync:return, syscall::write:return /self->in/ { self->in = 0; }
vminfo:::pgpgout /self->in/ { pages += arg0; }
vminfo:::fspgout /self->in/ { fs += arg0; }
vminfo:::pgout /self->in/ { operations += arg0; }
vminfo:::anonpgout /self->in/ { others += arg0; }
END { printf("%d %d %d %d", pages, fs, operations > 0 && operations <= pages, others); }
