/* SPDX-License-Identifier: MIT */
/*
 * The lock of a file is a readers/writer lock, which each pwrite(2) to it takes as a writer.
 * @@ args: -c "$TRIGGERS/waits file 3"
 */
lockstat:::rw-block
/pid == $target && threadname == "waiter" && arg1 >= 15000000/
{
	waits++;
	waited += args[1];
	writers += args[2] == RW_WRITER;
}
syscall::pwrite64:entry /pid == $target && threadname == "waiter"/ { self->began = timestamp; }
syscall::pwrite64:return /self->began/ { inside += timestamp - self->began; self->began = 0; }
END
{
	printf("%d %d\n", waits, writers);
	printf("%d %d %d\n", waited >= 45000000, waited <= inside, waited >= inside / 2);
}
