/* SPDX-License-Identifier: MIT */
/* d_path() takes what has a path name: a struct path, dentry or vfsmount. */
BEGIN { trace(d_path(curthread)); }
