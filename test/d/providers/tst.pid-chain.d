/* SPDX-License-Identifier: MIT */
/*
 * A chain of calls: depth by self->, arguments at entries, values at returns.
 * @@ needs: uprobes
 * @@ args: -c "$TRIGGERS/functions 5"
 */
pid$target:functions:outer:entry, pid$target:functions:middle:entry, pid$target:functions:inner:entry { self->depth++; @depth[probefunc] = max(self->depth); }
pid$target:functions:outer:return, pid$target:functions:middle:return, pid$target:functions:inner:return { self->depth--; }
pid$target:functions:middle:entry { @twice = sum(arg1); }
pid$target:functions:outer:return { @value = sum(arg1); @left = max(self->depth); }
END { printa("%s %@d\n", @depth); printa("%@d ", @twice); printa("%@d ", @value); printa("%@d", @left); }
