/* SPDX-License-Identifier: MIT */
/*
 * A probe whose instruction the kernel cannot probe is left out and named; the others fire.
 * @@ needs: uprobes x86_64
 * @@ args: -c $TRIGGERS/frames
 */
pid$target:frames:l*:entry { printf("%s\n", probefunc); }
