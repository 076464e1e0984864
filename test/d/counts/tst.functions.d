/* SPDX-License-Identifier: MIT */
/*
 * pid probes: entry arguments and return values of a chain of functions.
 * @@ args: -c "$TRIGGERS/functions 10"
 * @@ needs: uprobes
 */
pid$target:functions:outer:entry { @o = count(); }
pid$target:functions:middle:entry { @twice = sum(arg1); }
pid$target:functions:inner:return { @r = sum(arg1); }
