/* SPDX-License-Identifier: MIT */
/*
 * A frame above a call that does not return has the name of its own function, not of the next one;
 * in stacks, in keys, and by %k.
 * @@ needs: uprobes
 * @@ args: -c $TRIGGERS/noreturn
 */
pid$target:noreturn:report:entry { ustack(); @default[ustack()] = count(); @format[ustack()] = count(); }
END { printa(@default); printa("%k", @format); }
