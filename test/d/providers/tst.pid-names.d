/* SPDX-License-Identifier: MIT */
/*
 * Functions of C++ are found by the names that their author knows; probefunc is the linker's.
 * @@ needs: uprobes
 * @@ args: -c $TRIGGERS/exceptions
 */
pid$target:a.out:middle*g??:entry, pid$target:a.out:leaf*g?:entry { @[probefunc] = count(); }
END { printa("%s %@d\n", @); }
