/* SPDX-License-Identifier: MIT */
/*
 * A library by its short name.
 * @@ needs: uprobes
 * @@ args: -c "$TRIGGERS/functions 3"
 */
pid$target:libc:printf:entry { @[copyinstr(arg0)] = count(); }
END { printa("%S %@d", @); }
