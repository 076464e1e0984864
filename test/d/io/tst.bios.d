/* SPDX-License-Identifier: MIT */
/*
 * Disks of memory, whose drivers know no requests: start and done fire for their bios.
 * @@ needs: memory-disk
 * @@ runs: ./with-disk memory sh -c '$DTRACE -q -s $FILE $DISK -c "dd if=/dev/zero of=/dev/$DISK bs=64k count=6 oflag=direct status=none"'
 */
io:::start
/args[1]->dev_name == $$1/
{
	at[arg0] = args[0]->b_blkno + 1;
	starts++;
}

io:::done
/args[1]->dev_name == $$1/
{
	paired += at[arg0] == args[0]->b_blkno + 1;
	bytes += args[0]->b_bcount;
	errors += args[0]->b_error != 0;
}

END
{
	printf("starts: %d, paired %d, %d bytes, %d errors", starts, paired, bytes, errors);
}
