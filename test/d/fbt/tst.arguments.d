/* SPDX-License-Identifier: MIT */
/*
 * args[] have the kernel's types: a file's name by its members.  A file system on top of another
 * opens two files.
 * @@ needs: kprobes btf
 * @@ args: -c "head -c 5 /etc/passwd"
 */
fbt::vfs_open:entry /pid == $target && stringof(args[0]->dentry->d_name.name) == "passwd"/
{
	@[probemod, stringof(args[0]->dentry->d_name.name)] = count();
}
END { printa("[%s %s]", @); }
