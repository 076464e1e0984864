/* SPDX-License-Identifier: MIT */
/* The raw reader of BTF: opens a file of /sys/kernel/btf and finds types in it by number and by
 * name.  btf.h says what is read when. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "base/table.h"
#include "base/util.h"
#include "types/btf.h"

enum {
	FINDS_BEFORE_INDEX = 12, /* a look-up takes up to 2 ms, the index 5 */
};

/* The size of what follows the 12 bytes of a type: a fixed part, and one part per vlen. */
static const struct {
	uint8_t fixed, each;
} extra_bytes[] = {
	[BTF_KIND_INT] = { 4, 0 },
	[BTF_KIND_ARRAY] = { sizeof(struct btf_array), 0 },
	[BTF_KIND_STRUCT] = { 0, sizeof(struct btf_member) },
	[BTF_KIND_UNION] = { 0, sizeof(struct btf_member) },
	[BTF_KIND_ENUM] = { 0, sizeof(struct btf_enum) },
	[BTF_KIND_FUNC_PROTO] = { 0, sizeof(struct btf_param) },
	[BTF_KIND_VAR] = { sizeof(struct btf_var), 0 },
	[BTF_KIND_DATASEC] = { 0, sizeof(struct btf_var_secinfo) },
	[BTF_KIND_DECL_TAG] = { sizeof(struct btf_decl_tag), 0 },
	[BTF_KIND_ENUM64] = { 0, sizeof(struct btf_enum64) },
};

static size_t type_bytes(const struct btf_type *t)
{
	uint32_t kind = BTF_INFO_KIND(t->info);
	size_t size = sizeof(*t);

	if (kind < ARRAY_SIZE(extra_bytes))
		size += extra_bytes[kind].fixed +
			(size_t)extra_bytes[kind].each * BTF_INFO_VLEN(t->info);
	return size;
}

/* Kernels before 6.16 refuse to map the file (ENODEV).  Then it is read, which takes 5 ms. */
static int load(struct dt_btf *btf, int fd)
{
	struct stat st;
	size_t done = 0;

	if (fstat(fd, &st) < 0)
		return -errno;
	btf->size = (size_t)st.st_size;
	btf->data = mmap(NULL, btf->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (btf->data != MAP_FAILED) {
		btf->mapped = true;
		return 0;
	}
	btf->data = malloc(btf->size ? btf->size : 1);
	if (!btf->data)
		return -ENOMEM;
	while (done < btf->size) {
		ssize_t got = read(fd, (char *)btf->data + done, btf->size - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		done += (size_t)got;
	}
	btf->size = done;
	return 0;
}

static int parse_header(struct dt_btf *btf)
{
	const struct btf_header *h = btf->data;

	if (btf->size < sizeof(*h) || h->magic != BTF_MAGIC || h->hdr_len < sizeof(*h))
		return -EINVAL;
	if ((uint64_t)h->hdr_len + h->type_off + h->type_len > btf->size ||
	    (uint64_t)h->hdr_len + h->str_off + h->str_len > btf->size || !h->str_len)
		return -EINVAL;
	btf->types = (const uint8_t *)btf->data + h->hdr_len + h->type_off;
	btf->types_len = h->type_len;
	btf->strs = (const char *)btf->data + h->hdr_len + h->str_off;
	btf->strs_len = h->str_len;
	return btf->strs[btf->strs_len - 1] ? -EINVAL : 0;
}

/* Whether there is an own type number I; scans on until it is reached. */
static bool scan_to(struct dt_btf *btf, uint32_t i)
{
	while (i >= btf->ntypes) {
		uint64_t next;

		if (btf->scanned + sizeof(struct btf_type) > btf->types_len)
			return false;
		next = btf->scanned +
		       type_bytes((const struct btf_type *)(btf->types + btf->scanned));
		if (next > btf->types_len)
			return false;
		btf->offsets[btf->ntypes++] = btf->scanned;
		btf->scanned = (uint32_t)next;
	}
	return true;
}

static uint32_t count(struct dt_btf *btf)
{
	scan_to(btf, UINT32_MAX);
	return btf->ntypes;
}

int dt_btf_open(const char *name, struct dt_btf *base, struct dt_btf **out)
{
	_cleanup_fd_ int fd = -1;
	struct dt_btf *btf;
	char path[128];
	int err;

	if (strchr(name, '/') ||
	    (size_t)snprintf(path, sizeof(path), "/sys/kernel/btf/%s", name) >= sizeof(path))
		return -ENOENT;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	btf = calloc(1, sizeof(*btf));
	if (!btf)
		return -ENOMEM;
	btf->base = base;
	btf->first_id = base ? base->first_id + count(base) : 1;
	btf->first_str = base ? base->strs_len : 0;
	err = load(btf, fd);
	if (!err)
		err = parse_header(btf);
	if (!err) {
		btf->max_types = btf->types_len / sizeof(struct btf_type) + 1;
		btf->offsets = malloc(btf->max_types * sizeof(*btf->offsets));
		err = btf->offsets ? 0 : -ENOMEM;
	}
	if (err) {
		dt_btf_close(btf);
		return err;
	}
	*out = btf;
	return 0;
}

void dt_btf_close(struct dt_btf *btf)
{
	if (!btf)
		return;
	if (btf->mapped)
		munmap(btf->data, btf->size);
	else if (btf->data != MAP_FAILED)
		free(btf->data);
	free(btf->offsets);
	free(btf->heads);
	free(btf->nexts);
	dt_table_free(&btf->found);
	free(btf);
}

static const struct btf_type *own_type(const struct dt_btf *btf, uint32_t i)
{
	return (const struct btf_type *)(btf->types + btf->offsets[i]);
}

const struct btf_type *dt_btf_type(struct dt_btf *btf, uint32_t id)
{
	while (btf && id < btf->first_id)
		btf = btf->base;
	return btf && scan_to(btf, id - btf->first_id) ? own_type(btf, id - btf->first_id) : NULL;
}

const char *dt_btf_str(const struct dt_btf *btf, uint32_t offset)
{
	while (btf && offset < btf->first_str)
		btf = btf->base;
	return btf && offset - btf->first_str < btf->strs_len
		       ? btf->strs + (offset - btf->first_str)
		       : "";
}

/* Each string is stored once, so that equal names have equal offsets.  UINT32_MAX: not found. */
static uint32_t find_str(const struct dt_btf *btf, const char *s)
{
	size_t len = strlen(s) + 1;
	const char *at = btf->strs, *end = btf->strs + btf->strs_len;

	while ((at = memmem(at, (size_t)(end - at), s, len)) != NULL) {
		if (at > btf->strs && !at[-1])
			return btf->first_str + (uint32_t)(at - btf->strs);
		at++;
	}
	return btf->base ? find_str(btf->base, s) : UINT32_MAX;
}

static bool make_index(struct dt_btf *btf)
{
	uint32_t mask = 1;

	while (mask < count(btf))
		mask = mask * 2;
	btf->heads = calloc(mask, sizeof(*btf->heads));
	btf->nexts = calloc(btf->ntypes + 1, sizeof(*btf->nexts));
	if (!btf->heads || !btf->nexts) {
		free(btf->heads);
		free(btf->nexts);
		btf->heads = btf->nexts = NULL;
		return false;
	}
	btf->mask = mask - 1;
	for (uint32_t i = btf->ntypes; i-- > 0;) { /* backwards: chains run upwards */
		const struct btf_type *t = own_type(btf, i);
		const char *name = dt_btf_str(btf, t->name_off);
		uint32_t *head;

		if (!*name)
			continue;
		head = &btf->heads[dt_hash(name, strlen(name)) & btf->mask];
		btf->nexts[i] = *head;
		*head = i + 1;
	}
	return true;
}

static uint32_t find_indexed(const struct dt_btf *btf, const char *name, uint32_t kinds,
			     uint32_t after)
{
	for (uint32_t i = btf->heads[dt_hash(name, strlen(name)) & btf->mask]; i;
	     i = btf->nexts[i - 1]) {
		const struct btf_type *t = own_type(btf, i - 1);

		if (btf->first_id + i - 1 > after && kinds & 1u << BTF_INFO_KIND(t->info) &&
		    !strcmp(dt_btf_str(btf, t->name_off), name))
			return btf->first_id + i - 1;
	}
	return 0;
}

static uint32_t first_after(const struct dt_btf *btf, uint32_t after)
{
	return after < btf->first_id ? 0 : after - btf->first_id + 1;
}

static uint32_t find_by_scan(struct dt_btf *btf, const char *name, uint32_t kinds, uint32_t after)
{
	uint32_t name_off = find_str(btf, name);

	if (name_off == UINT32_MAX)
		return 0;
	for (uint32_t i = first_after(btf, after); scan_to(btf, i); i++) {
		const struct btf_type *t = own_type(btf, i);

		if (t->name_off == name_off && kinds & 1u << BTF_INFO_KIND(t->info))
			return btf->first_id + i;
	}
	return 0;
}

/* The same few names are asked for again and again. */
static uint32_t find_first(struct dt_btf *btf, const char *name, uint32_t kinds)
{
	void **known = dt_table_at(&btf->found, name, strlen(name), true);
	uint32_t id;

	if (known && (uintptr_t)*known >> 32 == kinds)
		return (uint32_t)(uintptr_t)*known;
	btf->nfinds++;
	id = find_by_scan(btf, name, kinds, 0);
	if (known)
		*known = (void *)((uintptr_t)kinds << 32 | id);
	return id;
}

uint32_t dt_btf_find(struct dt_btf *btf, const char *name, uint32_t kinds, uint32_t after)
{
	if (btf->heads || (btf->nfinds >= FINDS_BEFORE_INDEX && make_index(btf)))
		return find_indexed(btf, name, kinds, after);
	if (!after)
		return find_first(btf, name, kinds);
	btf->nfinds++;
	return find_by_scan(btf, name, kinds, after);
}

#define ENUMS (1u << BTF_KIND_ENUM | 1u << BTF_KIND_ENUM64)

/* Enumerators of both kinds begin with the name. */
static uint32_t enumerator_name(const struct btf_type *t, uint32_t i)
{
	size_t step = extra_bytes[BTF_INFO_KIND(t->info)].each;

	return *(const uint32_t *)((const char *)(t + 1) + i * step);
}

uint32_t dt_btf_find_enumerator(struct dt_btf *btf, const char *name, uint32_t *place)
{
	uint32_t name_off = find_str(btf, name);

	if (name_off == UINT32_MAX)
		return 0;
	for (uint32_t id = 0; (id = dt_btf_next(btf, ENUMS, id)) != 0;) {
		const struct btf_type *t = own_type(btf, id - btf->first_id);

		for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++) {
			if (enumerator_name(t, i) == name_off) {
				*place = i;
				return id;
			}
		}
	}
	return 0;
}

void dt_btf_each_enumerator(struct dt_btf *btf, void (*fn)(const char *name, void *arg), void *arg)
{
	for (uint32_t id = 0; (id = dt_btf_next(btf, ENUMS, id)) != 0;) {
		const struct btf_type *t = own_type(btf, id - btf->first_id);

		for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++)
			fn(dt_btf_str(btf, enumerator_name(t, i)), arg);
	}
}

uint32_t dt_btf_next(struct dt_btf *btf, uint32_t kinds, uint32_t after)
{
	for (uint32_t i = first_after(btf, after); scan_to(btf, i); i++) {
		if (kinds & 1u << BTF_INFO_KIND(own_type(btf, i)->info))
			return btf->first_id + i;
	}
	return 0;
}
