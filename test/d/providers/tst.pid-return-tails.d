/* SPDX-License-Identifier: MIT */
/*
 * A jump that leaves a function is a return, also a conditional one and one to a value, if it leaves
 * this time; the jumps of a switch are not.  arg0 is the offset of the instruction.
 * @@ needs: uprobes x86_64
 * @@ args: -x returns=decode -c "$TRIGGERS/tails"
 */
pid$target:a.out:add:return, pid$target:a.out:subtract:return, pid$target:a.out:direct:return,
pid$target:a.out:sometimes:return, pid$target:a.out:pointer:return,
pid$target:a.out:choose:return { @[probefunc, arg0 > 0] = count(); }
END { printa("%s %d %@d\n", @); }
