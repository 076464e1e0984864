/* SPDX-License-Identifier: MIT */
/*
 * Why processes end: by themselves, by a signal, by one that leaves a core.  The shell, to which
 * wait(2) tells it, has printed what should come.
 * @@ needs: core
 * @@ runs: D=$PWD; cd $TMP && "$DTRACE" -qs "$D/$FILE" -c "sh $D/reasons.sh" 2>/dev/null
 * @@ sort:
 */
proc:::exit
/progenyof($target) && ppid == $target/
{
	printf("%d %s\n", ++n, args[0] == CLD_EXITED ? "CLD_EXITED" : args[0] == CLD_KILLED ?
	    "CLD_KILLED" : args[0] == CLD_DUMPED ? "CLD_DUMPED" : "?");
}
