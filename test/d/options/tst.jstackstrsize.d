/* SPDX-License-Identifier: MIT */
/*
 * With room for a helper's names the frames are those of ustack(), since there is no helper.
 * @@ needs: uprobes
 * @@ args: -x jstackstrsize=2k -x jstackframes=2 -c "$TRIGGERS/functions 1"
 */
pid$target:functions:inner:entry { jstack(); ustack(2); }
