/* SPDX-License-Identifier: MIT */
/*
 * What dt_rt_path() is given: where to begin, where to stop, and where the kernel's structures have
 * their members, which differs between kernels.  Shared by path.bpf.c and the hook that fills it in
 * (builtin/subr_file.c), hence C's own types.
 */
#ifndef DT_RUNTIME_PATH_H
#define DT_RUNTIME_PATH_H

/* X(name, structure, members): a place in the structure, by the names of the members that lead
 * there.  A member that the kernel lacks stands for 0, and what needs it is not found. */
/* clang-format off */
#define DT_PATH_FIELDS(X) \
	X(PARENT, "dentry", "d_parent") \
	X(NAME, "dentry", "d_name") \
	X(HASHED, "dentry", "d_hash", "pprev") \
	X(OP, "dentry", "d_op") \
	X(INODE, "dentry", "d_inode") \
	X(SB, "dentry", "d_sb") \
	X(DNAME, "dentry_operations", "d_dname") \
	X(MAGIC, "super_block", "s_magic") \
	X(INO, "inode", "i_ino") \
	X(PRIVATE, "inode", "i_private") \
	X(NS_OPS, "ns_common", "ops") \
	X(NS_NAME, "proc_ns_operations", "name") \
	X(MNT, "mount", "mnt") \
	X(MNT_PARENT, "mount", "mnt_parent") \
	X(MOUNTPOINT, "mount", "mnt_mountpoint") \
	X(MNT_ROOT, "vfsmount", "mnt_root")
/* clang-format on */

enum {
#define X(name, ...) DT_PATH_##name,
	DT_PATH_FIELDS(X)
#undef X
		DT_PATH_NFIELDS
};

#define DT_PATH_MAX 4096 /* the kernel's PATH_MAX, also CAP of the function */

/* 64 bytes, as the function's parameter says. */
struct dt_path_walk {
	unsigned long long mnt, dentry;           /* a struct path; mnt 0: within its file system */
	unsigned long long root_mnt, root_dentry; /* a struct path; 0: to the top of all mounts */
	unsigned short at[DT_PATH_NFIELDS];       /* offsets in bytes */
};

#endif
