/* SPDX-License-Identifier: MIT */
/*
 * The caller is in the stack where no frame pointer leads to it: before a function sets up its
 * frame, with endbr64 and without, in a function that has none, and before its ret; once, whether
 * the kernel looks for it or not.  gdb shows the same chain at each of these places.
 * @@ needs: uprobes x86_64
 * @@ args: -c $TRIGGERS/frames
 */
pid$target:frames:framed:0,
pid$target:frames:framed:1,
pid$target:frames:framed:4,
pid$target:frames:framed:6,
pid$target:frames:branded:entry,
pid$target:frames:branded:4,
pid$target:frames:branded:5,
pid$target:frames:branded:8,
pid$target:frames:branded:a,
pid$target:frames:leaf:entry,
pid$target:frames:leaf:2
{
	printf("%s %s %d", probefunc, probename, ustackdepth > 3);
	ustack(3);
	usym(ucaller);
	printf("\n");
	@[ustack(3)] = count();
}

/* one frame has no caller */
pid$target:frames:leaf:entry { ustack(1); jstack(2); }
pid$target:frames:leaf:return { ustack(2); }

END { printa("%k %@d\n", @); }
