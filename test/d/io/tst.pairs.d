/* SPDX-License-Identifier: MIT */
/*
 * Each done has its start, by device and block and by arg0, also where several processes write at
 * the same time.
 * @@ sort:
 * @@ needs: loop
 * @@ runs: ./with-disk loop sh -c '$DTRACE -q -s $FILE $DISK -c "sh -c \"for i in 0 1 2 3; do dd if=/dev/zero of=/dev/$DISK bs=4k seek=\$((i*20)) count=20 oflag=direct status=none & done; wait\""'
 */
BEGIN { began = timestamp; }

io:::start
/args[1]->dev_name == $$1 && args[1]->dev_pathname == strjoin("/dev/", $$1)/
{
	by_block[args[0]->b_edev, args[0]->b_blkno] = timestamp;
	by_address[arg0] = timestamp;
	@n["starts"] = sum(1);
	@writers[args[0]->b_blkno / 8 / 20] = count();
}

io:::done
/args[1]->dev_name == $$1 && by_block[args[0]->b_edev, args[0]->b_blkno]/
{
	this->start = by_block[args[0]->b_edev, args[0]->b_blkno];
	@n["paired by block"] = sum(1);
	@n["by address, too"] = sum(by_address[arg0] == this->start);
	@n["meanwhile"] = sum(timestamp > this->start && this->start > began);
	by_block[args[0]->b_edev, args[0]->b_blkno] = 0;
	by_address[arg0] = 0;
}

END
{
	printa("%s %@d\n", @n);
	printa("writer %d: %@d\n", @writers);
}
