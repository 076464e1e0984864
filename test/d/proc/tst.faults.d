/* SPDX-License-Identifier: MIT */
/*
 * Faults, with what the handlers of their signals are told; a signal that another process sends is
 * none.
 * @@ needs: x86_64
 * @@ runs: "$DTRACE" -qs "$FILE" -c "$TRIGGERS/lives faults" | sort | uniq -c | awk '/faults/ { print } !/faults/ { print $1, $2, $3 }'
 */
BEGIN { names = ""; }
proc:::fault
/pid == $target/
{
	printf("%d %d %x\n", args[1]->si_signo, args[1]->si_code, (uintptr_t)args[1]->si_addr);
	names = strjoin(names, args[0] == FLTIZDIV ? " FLTIZDIV" : args[0] == FLTBOUNDS ?
	    " FLTBOUNDS" : args[0] == FLTPAGE ? " FLTPAGE" : args[0] == FLTILL ? " FLTILL" :
	    args[0] == FLTBPT ? " FLTBPT" : " ?");
}
END { printf("faults:%s", names); }
