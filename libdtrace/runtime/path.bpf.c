/* SPDX-License-Identifier: MIT */
/*
 * The path name of a file, as /proc/PID/fd shows it: the names of its directories up to the root,
 * across mounts, and what the kernel makes up for files that have no directory.  bpf_d_path() does
 * the same, but only in a few hooks.
 *
 * The text is built from its end to its beginning.  A long walk is a bpf_loop() (Linux 5.17),
 * since the verifier follows each round of a loop: a third of a second for 256.
 */
#include "runtime/rt.h"
#include "runtime/path.h"

#define NAME_MAX    255
#define FAST_ROUNDS 8    /* in a loop, which is faster than the calls of a bpf_loop() */
#define MAX_ROUNDS  2048 /* directories and mounts above a file */

/* Of the file systems whose files have no directory: the kernel's include/uapi/linux/magic.h. */
#define ANON_INODE_MAGIC 0x09041934
#define NS_MAGIC         0x6e736673
#define PIPE_MAGIC       0x50495045
#define PID_MAGIC        0x50494446
#define SOCK_MAGIC       0x534f434b

/* dentry->d_name; the upper half of the first word is the length. */
struct name {
	u64 hash_len;
	u64 text;
};

/* Of a dentry: d_hash.pprev, d_parent, d_name. */
struct links {
	u64 hashed;
	u64 parent;
	struct name name;
};

/* The text so far: from `at` up to CAP. `at` is 0 once it did not fit. */
struct text {
	char *start;
	u64 at;
	u64 cap;
};

/* What the rounds of the walk share. */
struct climb {
	struct text t;
	struct dt_path_walk *w;
	u64 mount, mnt_root, top;
	u64 done; /* the root was reached */
};

INLINE u64 field(u64 structure, u64 offset)
{
	u64 value = 0;

	probe_read_kernel(&value, sizeof(value), structure + offset);
	return value;
}

/* In one go where the kernel has them in this order: all do that do not shuffle their structures.
 * Negative: the address is bad. */
INLINE s64 read_links(struct links *links, u64 dentry, const unsigned short *at)
{
	u64 first = at[DT_PATH_HASHED];

	if (at[DT_PATH_PARENT] == first + 8 && at[DT_PATH_NAME] == first + 16)
		return probe_read_kernel(links, sizeof(*links), dentry + first);
	links->hashed = field(dentry, first);
	links->parent = field(dentry, at[DT_PATH_PARENT]);
	return probe_read_kernel(&links->name, sizeof(links->name), dentry + at[DT_PATH_NAME]);
}

/* Room for N bytes in front, at most NAME_MAX + 1; where they start. */
INLINE u64 take(struct text *t, u64 n)
{
	u64 at = OPAQUE(t->at);

	t->at = at > n ? at - n : 0;
	return AT_MOST(t->at, t->cap - 1);
}

/* Text of at most 8 characters as a word, the first one lowest: a literal would be data. */
#define AT(s, i)        ((s)[(i) < sizeof(s) ? (i) : 0])
#define CHARACTER(s, i) ((i) < sizeof(s) - 1 ? (u64)(u8)AT(s, i) << 8 * (i) : 0)
#define WORD(s)                                                                                    \
	(CHARACTER(s, 0) | CHARACTER(s, 1) | CHARACTER(s, 2) | CHARACTER(s, 3) | CHARACTER(s, 4) | \
	 CHARACTER(s, 5) | CHARACTER(s, 6) | CHARACTER(s, 7))
#define PUT(t, s) put_characters(t, WORD(s), sizeof(s) - 1)

INLINE void put_characters(struct text *t, u64 word, u32 n)
{
	char *to = t->start + take(t, n);

	for (u32 i = 0; i < n; i++)
		to[i] = (char)(word >> (8 * i));
}

INLINE void put_deleted(struct text *t)
{
	PUT(t, "deleted)");
	PUT(t, " (");
}

/* Of 32 bits: so large are the numbers of inodes that are shown. */
INLINE void put_number(struct text *t, u64 n)
{
	for (u32 i = 0; i < 10; i++) {
		t->start[take(t, 1)] = (char)('0' + n % 10);
		n = OPAQUE(n / 10);
		if (!n)
			break;
	}
}

INLINE s64 put_name(struct text *t, const struct name *name, u8 before)
{
	u64 len = AT_MOST(name->hash_len >> 32, NAME_MAX);
	char *to = t->start + take(t, len + 1);

	*to = (char)before;
	return probe_read_kernel(to + 1, (u32)len, name->text);
}

/* A kernel string of at most 7 characters. */
INLINE void put_short(struct text *t, u64 address)
{
	u64 word = 0;

	probe_read_kernel_str(&word, sizeof(word), address);
	word = FROM_MEMORY(word);
	for (u32 i = 0; i < 8; i++) {
		char c = (char)(word >> (56 - 8 * i));

		if (OPAQUE(c))
			t->start[take(t, 1)] = c;
	}
}

/* ":[N]", of pipes, sockets and namespaces */
INLINE void put_inode(struct text *t, u64 inode, const unsigned short *at)
{
	PUT(t, "]");
	put_number(t, field(inode, at[DT_PATH_INO]));
	PUT(t, ":[");
}

/* The address of "net" and its like. */
INLINE u64 namespace_name(u64 inode, const unsigned short *at)
{
	u64 namespace = field(inode, at[DT_PATH_PRIVATE]);

	return field(field(namespace, at[DT_PATH_NS_OPS]), at[DT_PATH_NS_NAME]);
}

/* What the file systems' d_dname() print. */
INLINE s64 made_up(struct text *t, const struct dt_path_walk *w, const struct name *name)
{
	const unsigned short *at = w->at;
	u64 magic = field(field(w->dentry, at[DT_PATH_SB]), at[DT_PATH_MAGIC]);
	u64 inode = field(w->dentry, at[DT_PATH_INODE]);

	if (magic == PIPE_MAGIC || magic == SOCK_MAGIC || magic == NS_MAGIC) {
		put_inode(t, inode, at);
		if (magic == PIPE_MAGIC)
			PUT(t, "pipe");
		else if (magic == SOCK_MAGIC)
			PUT(t, "socket");
		else
			put_short(t, namespace_name(inode, at));
	} else if (magic == PID_MAGIC) {
		PUT(t, ":[pidfd]");
		PUT(t, "inode");
		PUT(t, "anon_");
	} else if (magic == ANON_INODE_MAGIC) {
		if (put_name(t, name, ':') < 0)
			return -1;
		PUT(t, "inode");
		PUT(t, "anon_");
	} else { /* tmpfs: memfd_create(), shared memory */
		put_deleted(t);
		return put_name(t, name, '/');
	}
	return 0;
}

/* Is there no directory that has the file, by design? */
INLINE int is_made_up(const struct dt_path_walk *w, u64 parent)
{
	u64 ops = field(w->dentry, w->at[DT_PATH_OP]);

	if (!ops || !field(ops, w->at[DT_PATH_DNAME]))
		return 0;
	return OPAQUE(parent) != OPAQUE(w->dentry) ||
	       field(w->mnt, w->at[DT_PATH_MNT_ROOT]) != OPAQUE(w->dentry);
}

/* From the root of a mounted file system to the directory where it is mounted.  1: at the top. */
INLINE s64 leave_mount(struct climb *k)
{
	const unsigned short *at = k->w->at;
	u64 above = field(k->mount, at[DT_PATH_MNT_PARENT]);

	if (OPAQUE(above) == OPAQUE(k->mount)) {
		k->done = OPAQUE(1);
		return 1;
	}
	k->w->dentry = field(k->mount, at[DT_PATH_MOUNTPOINT]);
	k->mount = OPAQUE(above);
	k->mnt_root = OPAQUE(field(above + at[DT_PATH_MNT], at[DT_PATH_MNT_ROOT]));
	return 0;
}

/* One directory or mount up; 1 ends the walk. */
INLINE s64 step_up(struct climb *k)
{
	struct dt_path_walk *w = k->w;
	struct links links;

	if (OPAQUE(w->dentry) == OPAQUE(w->root_dentry) && OPAQUE(k->mount) == OPAQUE(k->top)) {
		k->done = OPAQUE(1);
		return 1;
	}
	if (OPAQUE(w->dentry) == OPAQUE(k->mnt_root))
		return leave_mount(k);
	if (read_links(&links, w->dentry, w->at) < 0)
		return 1;
	if (OPAQUE(links.parent) == OPAQUE(w->dentry)) {
		k->done = OPAQUE(1);
		return 1;
	}
	if (put_name(&k->t, &links.name, '/') < 0)
		return 1;
	w->dentry = links.parent;
	return 0;
}

DT_RT s64 dt_rt_path_round(u32 round, struct climb *k)
{
	(void)round;
	return step_up(k);
}

/* The names up to the root.  0: the kernel's memory could not be read, or is no tree. */
INLINE u64 walk_up(struct climb *k)
{
	const struct dt_path_walk *w = k->w;
	u64 offset = w->at[DT_PATH_MNT];

	k->mount = OPAQUE(w->mnt ? w->mnt - offset : 0);
	k->top = OPAQUE(w->root_mnt ? w->root_mnt - offset : 0);
	k->mnt_root = OPAQUE(w->mnt ? field(w->mnt, w->at[DT_PATH_MNT_ROOT]) : 0);
	for (u32 round = 0; round < FAST_ROUNDS; round++)
		if (step_up(k))
			return k->done;
	bpf_loop(MAX_ROUNDS, dt_rt_path_round, k, 0);
	return k->done;
}

DT_RT u64 dt_rt_path(char *work, struct dt_path_walk *w, u32 cap)
{
	struct climb k = { .t = { work, OPAQUE(cap - 1), cap }, .w = w, .done = OPAQUE(0) };
	struct links links;
	u64 end;

	work[cap - 1] = 0;
	if (read_links(&links, w->dentry, w->at) < 0)
		return 0;
	if (is_made_up(w, links.parent)) {
		if (made_up(&k.t, w, &links.name) < 0)
			return 0;
	} else {
		if (OPAQUE(links.parent) != OPAQUE(w->dentry) && !links.hashed)
			put_deleted(&k.t);
		end = k.t.at;
		if (!walk_up(&k))
			return 0;
		if (OPAQUE(k.t.at) == OPAQUE(end))
			PUT(&k.t, "/");
	}
	return k.t.at ? cap - OPAQUE(k.t.at) : 0;
}
