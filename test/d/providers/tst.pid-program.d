/* SPDX-License-Identifier: MIT */
/*
 * a.out is the program itself; a text that the program has touched before is read from it.
 * @@ needs: uprobes
 * @@ args: -c "$TRIGGERS/functions 4"
 */
pid$target:a.out:inner:entry /n++/ { @[copyinstr(arg1), probemod] = count(); }
