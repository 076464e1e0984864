/* SPDX-License-Identifier: MIT */
/*
 * fsync() has the disk flush what it keeps: one request without bytes and block, which writes.
 * @@ needs: loop
 * @@ runs: ./with-disk loop sh -c 'before=$(awk "{ print \$16 }" /sys/block/$DISK/stat); $DTRACE -q -s $FILE $DISK -c "dd if=/dev/zero of=/dev/$DISK bs=4k count=1 oflag=direct conv=fsync status=none"; echo "kernel: $(($(awk "{ print \$16 }" /sys/block/$DISK/stat) - before))"'
 */
io:::start, io:::done
/args[1]->dev_name == $$1 && !args[0]->b_bcount/
{
	n[probename]++;
	writes += args[0]->b_flags & B_WRITE && !(args[0]->b_flags & B_READ);
	nowhere += args[0]->b_blkno == -1;
	files += args[2]->fi_name != "<none>";
}

END
{
	printf("%d %d, %d writes, %d nowhere, %d files\n", n["start"], n["done"], writes, nowhere,
	    files);
}
