/* SPDX-License-Identifier: MIT */
/*
 * A buffer that cannot hold one record, and memory that cannot hold one key, are errors that name
 * the least; so are options below theirs.
 * @@ runs: for o in bufsize=40 aggsize=8 strsize=7 stackframes=0 strsize=8k; do "$DTRACE" -qx $o -s "$FILE"; echo $?; done 2>&1
 */
BEGIN
{
	trace(execname);
	@[pid] = count();
	exit(0);
}
