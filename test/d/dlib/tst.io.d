/* SPDX-License-Identifier: MIT */
/*
 * What a process writes to a disk and waits for: the file, the bytes and the device, of bios and
 * of requests.
 * @@ needs: disk
 * @@ runs: $DTRACE -q -s $FILE -c "dd if=/dev/zero of=$TMP/written bs=64k count=2 conv=fsync status=none" | sed "s,$(stat -c %Hd:%Ld $TMP),the device,; s,$(basename $TMP),DIR,"
 */
sdt:::block_bio_queue
/pid == $target && (xlate <fileinfo_t> (args[0])).fi_name == "written"/
{
	@["bio", basename((xlate <fileinfo_t> (args[0])).fi_dirname)] =
	    sum((xlate <bufinfo_t> (args[0])).b_bcount);
	this->flags = (xlate <bufinfo_t> (args[0])).b_flags;
	flags |= this->flags & (B_WRITE | B_READ | B_ERROR | B_DONE);
	maj = (xlate <devinfo_t> (args[0])).dev_major;
	min = (xlate <devinfo_t> (args[0])).dev_minor;
	device = (xlate <bufinfo_t> (args[0])).b_edev;
	name = (xlate <devinfo_t> (args[0])).dev_statname;
	path = (xlate <devinfo_t> (args[0])).dev_pathname;
}

sdt:::block_rq_issue
/(xlate <fileinfo_t> (args[0])).fi_name == "written"/
{
	@["request", basename((xlate <fileinfo_t> (args[0])).fi_dirname)] =
	    sum((xlate <bufinfo_t> (args[0])).b_bcount);
	same = (xlate <devinfo_t> (args[0])).dev_name == name || strstr(name,
	    (xlate <devinfo_t> (args[0])).dev_name) != NULL;
}

END
{
	printa("%s of %s: %@d bytes\n", @);
	printf("%d:%d, %d %d %d %d\n", maj, min, flags == B_WRITE,
	    getmajor(device) == maj && getminor(device) == min, path == strjoin("/dev/", name),
	    same);
}
