/* SPDX-License-Identifier: MIT */
/*
 * What a device that is made of others passes on is shown once, at the disk below.
 * @@ needs: device-mapper
 * @@ runs: ./with-disk loop sh -c 'dmsetup create --noudevsync stacked-$$ --table "0 8192 linear /dev/$DISK 0" && dmsetup mknodes && $DTRACE -q -s $FILE $DISK -c "dd if=/dev/zero of=/dev/mapper/stacked-$$ bs=64k count=6 oflag=direct status=none"; dmsetup remove --noudevsync stacked-$$; dmsetup mknodes'
 */
sdt:::block_bio_queue
/pid == $target && strstr(stringof(args[0]->bi_bdev->bd_disk->disk_name), "dm-") == "dm-0"/
{
	at_first++;
}

io:::start, io:::done
{
	n[probename, args[1]->dev_name == $$1]++;
	bytes += args[1]->dev_name == $$1 ? args[0]->b_bcount : 0;
	stacked += substr(args[1]->dev_name, 0, 3) == "dm-";
}

END
{
	printf("%d at dm, shown: %d; below: %d started, %d done, %d bytes", at_first, stacked,
	    n["start", 1], n["done", 1], bytes / 2);
}
