/* SPDX-License-Identifier: MIT */
/*
 * What the disk could not do: b_error and errno at done say it as the writer is told.
 * @@ needs: loop
 * @@ runs: ./with-disk full sh -c '$DTRACE -q -s $FILE $DISK -c "dd if=/dev/zero of=/dev/$DISK bs=64k count=2 oflag=direct status=none" 2>&1' | sed "s/^dd: .*: //; /^$/d; /^dtrace: /d" | uniq
 */
io:::done
/args[1]->dev_name == $$1/
{
	errors += args[0]->b_error != 0;
	flagged += args[0]->b_flags & B_ERROR ? 1 : 0;
	same += errno == args[0]->b_error;
	n++;
}

io:::done
/args[1]->dev_name == $$1 && args[0]->b_error/
{
	text = errno == ENOSPC ? "No space left on device" : errno == EIO ? "Input/output error" :
	    "another error";
}

END
{
	printf("%d of %d, %d flagged, %d the same: %s\n", errors, n, flagged, same, text);
}
