/* SPDX-License-Identifier: MIT */
/*
 * pr_psargs is the beginning of the command line, as much of it as its 80 bytes hold: in an
 * expression, a record, a key, and in strings that are shorter.
 * @@ runs: W="123456789-123456789-123456789-123456789-123456789-123456789-"; for SIZE in 256 16; do $DTRACE -q -x strsize=$SIZE -s $FILE -c "$TRIGGERS/syscalls 1 0 $W a $W"; done | sed "s,$TRIGGERS/,,"
 */
syscall::getppid:entry
/pid == $target && curpsinfo->pr_psargs == substr(execargs, 0, 79)/
{
	printf("%d\n", strlen(curpsinfo->pr_psargs));
	@same[curpsinfo->pr_psargs == (seen[curpsinfo->pr_psargs] = curpsinfo->pr_psargs)] = count();
	@length[strlen(seen[curpsinfo->pr_psargs])] = count();
	text = curpsinfo->pr_psargs;
	printf("%d %d %d\n", text == curpsinfo->pr_psargs, strlen(execargs) >= strlen(text),
	    strlen(strjoin(curpsinfo->pr_psargs, "")));
	printf("%s|%s\n", basename(curpsinfo->pr_fname), execname);
}

END
{
	printa("%d %@d\n", @same);
	printa("%d %@d\n", @length);
}
