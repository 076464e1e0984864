/* SPDX-License-Identifier: MIT */
/*
 * The kernel's BTF as bytes: /sys/kernel/btf/NAME is mapped (or read, where the kernel does not map
 * it), and types are found by number and by name.  Nothing is parsed at opening.  A scan finds
 * where the types are, and goes only as far as the type that is asked for; an index of names is
 * made after a few questions.  Only types/kernel.c uses this.  It knows nothing of dt_type.
 */
#ifndef DT_TYPES_BTF_H
#define DT_TYPES_BTF_H

#include <linux/btf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/table.h"

struct dt_btf {
	void *data; /* the file */
	size_t size;
	bool mapped;         /* munmap() it, else free() it */
	struct dt_btf *base; /* of a module's split BTF; owned by whoever opened it */
	const uint8_t *types;
	uint32_t types_len;
	const char *strs;
	uint32_t strs_len;
	uint32_t first_str;      /* the offset of strs[0]: the length of the base's strings */
	uint32_t first_id;       /* 1, or one more than the base's last */
	uint32_t max_types;      /* an upper bound */
	uint32_t ntypes;         /* own types scanned so far */
	uint32_t scanned;        /* the bytes that these take */
	uint32_t *offsets;       /* of type first_id + i in types */
	struct dt_table found;   /* names -> what a scan has found: kinds << 32 | number */
	unsigned int nfinds;     /* scans so far */
	uint32_t *heads, *nexts; /* by hash of the name: i + 1; NULL: not made yet */
	uint32_t mask;
};

/* NAME "vmlinux" (BASE NULL) or a module's. 0 or -errno. */
int dt_btf_open(const char *name, struct dt_btf *base, struct dt_btf **out);
void dt_btf_close(struct dt_btf *btf);

/* A type by number, including those of the base.  NULL: there is none, or it is void (0). */
const struct btf_type *dt_btf_type(struct dt_btf *btf, uint32_t id);
const char *dt_btf_str(const struct dt_btf *btf, uint32_t offset); /* never NULL */

/* The first own type with a number above AFTER (0: of all) that has this name and whose kind is in
 * the mask (1 << BTF_KIND_...).  0: none. */
uint32_t dt_btf_find(struct dt_btf *btf, const char *name, uint32_t kinds, uint32_t after);
/* The own enum (of 32 or 64 bits) that has an enumerator of this name, and which one.  0: none. */
uint32_t dt_btf_find_enumerator(struct dt_btf *btf, const char *name, uint32_t *place);
/* Calls FN for the name of each own enumerator. */
void dt_btf_each_enumerator(struct dt_btf *btf, void (*fn)(const char *name, void *arg), void *arg);
/* The next own type of these kinds after AFTER.  0: no more. */
uint32_t dt_btf_next(struct dt_btf *btf, uint32_t kinds, uint32_t after);

#endif
