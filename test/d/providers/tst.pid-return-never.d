/* SPDX-License-Identifier: MIT */
/*
 * A function that never returns has no return probe.
 * @@ needs: uprobes x86_64
 * @@ runs: $DTRACE -x errtags -q -s $FILE -c $TRIGGERS/returns 2>&1 | grep -o 'D_PROC.*'
 */
pid$target:a.out:_start:return {}
