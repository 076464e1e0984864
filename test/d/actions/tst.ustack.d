/* SPDX-License-Identifier: MIT */
/*
 * ustack() has the chain of calls of a program with frame pointers, innermost first.
 * @@ needs: uprobes
 * @@ args: -c "$TRIGGERS/functions 1"
 */
pid$target:functions:middle:entry { ustack(3); exit(0); }
