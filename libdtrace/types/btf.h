/* SPDX-License-Identifier: MIT */
/*
 * The kernel's BTF as bytes: /sys/kernel/btf/NAME mapped (read where the kernel does not map it),
 * types by number and by name.  Nothing is parsed when it is opened; a scan finds where the types
 * stand, each time only as far as the type that is asked for, and a name index is made only once
 * there were several questions. Used by types/kernel.c alone; knows nothing of dt_type.
 */
#ifndef DT_TYPES_BTF_H
#define DT_TYPES_BTF_H

#include <linux/btf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_btf {
	void *data; /* the file */
	size_t size;
	bool mapped;         /* munmap, else free */
	struct dt_btf *base; /* of a module's split BTF; owned by whoever opened it */
	const uint8_t *types;
	uint32_t types_len;
	const char *strs;
	uint32_t strs_len;
	uint32_t first_str; /* what offsets into strs begin at: the base's length */
	uint32_t first_id;  /* 1, or one more than the base's last */
	uint32_t max_types; /* room for more than there can be */
	uint32_t ntypes;    /* own types scanned so far */
	uint32_t scanned;   /* bytes of types that they cover */
	uint32_t *offsets;  /* of type first_id + i in types */
	unsigned int nfinds;
	uint32_t *heads, *nexts; /* by hash of the name: i + 1; NULL before it pays */
	uint32_t mask;
};

/* NAME "vmlinux" (BASE NULL) or a module's. 0 or -errno. */
int dt_btf_open(const char *name, struct dt_btf *base, struct dt_btf **out);
void dt_btf_close(struct dt_btf *btf);

/* Of the base's too; NULL: no such type (0 is void and has none). */
const struct btf_type *dt_btf_type(struct dt_btf *btf, uint32_t id);
const char *dt_btf_str(const struct dt_btf *btf, uint32_t offset); /* never NULL */

/* First own type after id AFTER (0: of all) with that name and its BTF_KIND in the mask (1 <<
 * kind); 0: none. */
uint32_t dt_btf_find(struct dt_btf *btf, const char *name, uint32_t kinds, uint32_t after);
/* The own enum (32 or 64 bits) that has an enumerator of that name, and its place; 0: none. */
uint32_t dt_btf_find_enumerator(struct dt_btf *btf, const char *name, uint32_t *place);
/* Next own type of those kinds after AFTER; 0: no more. */
uint32_t dt_btf_next(struct dt_btf *btf, uint32_t kinds, uint32_t after);

#endif
