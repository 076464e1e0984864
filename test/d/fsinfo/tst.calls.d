/* SPDX-License-Identifier: MIT */
/*
 * What a process does with a file by its descriptor, and the results: as many bytes as it reads
 * and writes. What fails is not shown.
 * @@ sort:
 * @@ runs: mkdir $TMP/a && $DTRACE -q -s $FILE -c "/usr/bin/python3 files.py $TMP/a/traced-file"
 */
fsinfo:::
/pid == $target && args[0]->fi_name == "traced-file"/
{
	@n[probename] = count();
}

fsinfo:::read, fsinfo:::write, fsinfo:::seek
/pid == $target && args[0]->fi_name == "traced-file"/
{
	@bytes[probename] = sum(args[1]);
	path = args[0]->fi_pathname;
	same += args[1] == arg1;
}

fsinfo:::readdir
/pid == $target && args[0]->fi_pathname == dirname(path)/
{
	directory |= args[1] > 0;
}

END
{
	printa("%s %@d\n", @n);
	printa("%s %@d bytes\n", @bytes);
	printf("%d %d", same, directory);
}
