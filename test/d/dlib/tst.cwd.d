/* SPDX-License-Identifier: MIT */
/*
 * cwd and root: in a chroot the directory is named from there, the root from the top. A path may
 * be named from the top too, or from another directory, and a program may have variables of these
 * names.
 * @@ runs: $DTRACE -q -s $FILE -c "python3 chroot.py $TMP" | sed "s,$TMP,DIR,g" && $DTRACE -q -n 'BEGIN { root = 1; cwd = "x"; printf("%d %s\n", root, cwd); exit(0); }'
 */
syscall::lseek:entry
/pid == $target && (int)arg1 == -4000001/
{
	printf("%s %s\n", cwd, root);
	printf("%s\n", d_path(&curthread->fs->pwd, NULL));
	printf("%s\n", d_path(&curthread->fs->pwd, &curthread->fs->root));
	printf("%s\n", d_path(&curthread->fs->pwd, &curthread->fs->pwd));
	printf("%d\n", strstr(d_path(&curthread->fs->pwd, NULL),
	    d_path(curthread->fs->pwd.dentry)) != NULL);
}
