/* SPDX-License-Identifier: MIT */
/*
 * start and done fire once for each request that the kernel counts for the disk, with its bytes.
 * @@ needs: loop
 * @@ runs: ./with-disk loop sh -c 'read r0 x rs0 x w0 x ws0 x </sys/block/$DISK/stat; $DTRACE -q -s $FILE $DISK -c "sh -c \"dd if=/dev/zero of=/dev/$DISK bs=64k count=7 oflag=direct status=none; dd if=/dev/$DISK of=/dev/null bs=32k count=5 iflag=direct status=none\"" && read r x rs x w x ws x </sys/block/$DISK/stat && echo "kernel: $((r - r0)) reads of $(((rs - rs0) * 512)) bytes, $((w - w0)) writes of $(((ws - ws0) * 512)) bytes"'
 */
io:::start, io:::done
/args[1]->dev_name == $$1/
{
	this->reads = args[0]->b_flags & B_READ ? 1 : 0;
	n[probename, this->reads]++;
	bytes[probename, this->reads] += args[0]->b_bcount;
}

END
{
	printf("start: %d reads of %d bytes, %d writes of %d bytes\n", n["start", 1],
	    bytes["start", 1], n["start", 0], bytes["start", 0]);
	printf("done: %d reads of %d bytes, %d writes of %d bytes\n", n["done", 1],
	    bytes["done", 1], n["done", 0], bytes["done", 0]);
}
