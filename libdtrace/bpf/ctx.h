/* SPDX-License-Identifier: MIT */
/* The inside of struct dt_bpf, for the files of bpf/ only.  dt_bpf_new() makes it and dt_bpf_free()
 * frees it, both in ctx.c, where the descriptors and mappings that it owns are recorded. */
#ifndef DT_BPF_CTX_H
#define DT_BPF_CTX_H

#include <errno.h>
#include <string.h>
#include "base/vec.h"
#include "bpf/bpf.h"

struct dt_bpf_mapping {
	void *mem;
	size_t size;
};

/* The running kernel's BTF, mapped or read; mem NULL until first asked for. */
struct dt_bpf_vmlinux {
	void *mem;
	size_t size;
	bool mapped;
	bool absent;
};

struct dt_bpf {
	int ncpus;
	int *online;
	int nonline;
	DT_VEC(int) fds;
	DT_VEC(struct dt_bpf_mapping) mappings;
	struct dt_bpf_vmlinux vmlinux;
	int func_btf; /* the BTF for func_info, or 0: not yet made */
	uint32_t func_type_id;
	signed char features[DT_BPF_NFEATURES]; /* 0: not tried yet; 1: has it; -1: lacks it */
};

#define dt_bpf_ptr(p) ((uint64_t)(uintptr_t)(p))

/* Puts a mapping under the context's ownership. -ENOMEM unmaps it. */
int dt_bpf_own_mapping(struct dt_bpf *ctx, void *mem, size_t size);

/* Takes FD from the context's ownership.  False: it was not there. */
bool dt_bpf_disown(struct dt_bpf *ctx, int fd);

/* The kernel's names for maps and programs: letters, digits, '_' and '.', 15 of them. */
void dt_bpf_obj_name(char dst[BPF_OBJ_NAME_LEN], const char *name);

/* btf.c: a blob for a map's value (descriptor, the caller closes it) and its ids; the context's one
 * for func_info; one for a program with global functions (the caller closes it), which fills in
 * INFO's types. */
int dt_bpf_btf_map(struct dt_bpf *ctx, const struct dt_bpf_map_spec *spec, uint32_t *key_id,
		   uint32_t *value_id);
int dt_bpf_btf_func(struct dt_bpf *ctx);
int dt_bpf_btf_funcs(const struct dt_bpf_prog_spec *spec, struct bpf_func_info *info);
void dt_bpf_btf_release(struct dt_bpf *ctx);

#endif
