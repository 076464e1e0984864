/* SPDX-License-Identifier: MIT */
/*
 * A file that is written and synchronised: its bytes, by its name, on the disk that it is on.
 * @@ needs: disk
 * @@ runs: $DTRACE -q -s $FILE -c "dd if=/dev/zero of=$TMP/written-by-io bs=64k count=3 conv=fsync status=none" | sed "s,$(stat -c %Hd:%Ld $TMP),the device,"
 */
io:::start
/args[2]->fi_name == "written-by-io"/
{
	bytes += args[0]->b_bcount;
	writes += args[0]->b_flags & B_WRITE ? 1 : 0;
	n++;
	device = args[0]->b_edev;
	at[args[0]->b_blkno] = 1;
}

io:::done
/args[2]->fi_name == "written-by-io" && at[args[0]->b_blkno]/
{
	done += args[0]->b_bcount;
}

END
{
	printf("%d %d bytes, %d, %d:%d", bytes, done, n > 0 && writes == n, getmajor(device),
	    getminor(device));
}
