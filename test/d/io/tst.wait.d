/* SPDX-License-Identifier: MIT */
/*
 * A thread that reads past the page cache, from a disk that is slow, waits for each block: it
 * leaves its CPU as often as it is told, and wait-done is about it again. All waits together are
 * shorter than the system calls. (A kernel may run no programs in some of its host's threads: few
 * events are missing then.)
 * @@ needs: loop
 * @@ runs: ./with-disk loop sh -c '$DTRACE -q -s $FILE -c "/usr/bin/python3 direct.py $DISK 20"' | awk 'NF == 1 { left = $1 } NF == 3 { print ($1 >= 5 && $1 <= left && $1 >= left - 3), $2, $3 }'
 */
syscall::preadv*:entry /pid == $target/ { self->in = timestamp; }
syscall::preadv*:return /self->in/ { calls += timestamp - self->in; self->in = 0; }

io:::wait-start
/self->in/
{
	self->waits = timestamp;
	n++;
}

io:::wait-done
/self->waits && pid == $target/
{
	waited += timestamp - self->waits;
	done++;
	self->waits = 0;
}

END
{
	printf("%d %d %d\n", n, done <= n && done >= n - 3, waited > 0 && waited < calls);
}
