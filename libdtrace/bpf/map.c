/* SPDX-License-Identifier: MIT */
/*
 * Maps: creation, mapped areas, single entries, and the walk over all of them.  The walk is batched
 * (5.6): one call for a thousand entries is ten times cheaper than a call per key.  For map types
 * without batches it goes key by key.
 */
#include <sys/mman.h>
#include "bpf/ctx.h"

#define WALK_BYTES (1U << 20) /* what one batch may fill at first */

static int create(const struct dt_bpf_map_spec *spec, int inner_fd, int btf_fd, uint32_t key_id,
		  uint32_t value_id)
{
	union bpf_attr attr = { 0 };

	attr.map_type = spec->type;
	attr.key_size = spec->key_size;
	attr.value_size = spec->value_size;
	attr.max_entries = spec->max_entries;
	attr.map_flags = spec->flags;
	attr.inner_map_fd = (uint32_t)inner_fd;
	dt_bpf_obj_name(attr.map_name, spec->name);
	if (btf_fd >= 0) {
		attr.btf_fd = (uint32_t)btf_fd;
		attr.btf_key_type_id = key_id;
		attr.btf_value_type_id = value_id;
	}
	return dt_bpf_sys(BPF_MAP_CREATE, &attr, sizeof(attr));
}

int dt_bpf_map_create(struct dt_bpf *ctx, const struct dt_bpf_map_spec *spec)
{
	_cleanup_fd_ int btf_fd = -1, template_fd = -1; /* the map holds what it needs of both */
	uint32_t key_id = 0, value_id = 0;
	int inner_fd = spec->inner_fd;

	if (spec->inner) {
		template_fd = create(spec->inner, 0, -1, 0, 0);
		if (template_fd < 0)
			return template_fd;
		inner_fd = template_fd;
	}
	if (spec->btf != DT_BPF_MAP_BTF_NONE) {
		btf_fd = dt_bpf_btf_map(ctx, spec, &key_id, &value_id);
		if (btf_fd < 0)
			return btf_fd;
	}
	return dt_bpf_own(ctx, create(spec, inner_fd, btf_fd, key_id, value_id));
}

int dt_bpf_map_mmap(struct dt_bpf *ctx, int fd, size_t size, bool writable, void **out)
{
	void *mem = mmap(NULL, size, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, fd,
			 0);
	int err = mem == MAP_FAILED ? -errno : dt_bpf_own_mapping(ctx, mem, size);

	*out = err ? NULL : mem;
	return err;
}

int dt_bpf_area_create(struct dt_bpf *ctx, size_t size, const char *name, struct dt_bpf_area *out)
{
	struct dt_bpf_map_spec spec = {
		.type = BPF_MAP_TYPE_ARRAY,
		.key_size = 4,
		.max_entries = 1,
		.flags = BPF_F_MMAPABLE,
		.name = name,
	};
	int fd, err;

	*out = (struct dt_bpf_area){ .fd = -1 };
	if (size > UINT32_MAX - 8)
		return -E2BIG;
	spec.value_size = (uint32_t)DT_ALIGN(DT_MAX(size, 8), 8);
	fd = dt_bpf_map_create(ctx, &spec);
	if (fd < 0)
		return fd;
	err = dt_bpf_map_mmap(ctx, fd, spec.value_size, true, &out->mem);
	if (err) {
		dt_bpf_close(ctx, fd);
		return err;
	}
	out->fd = fd;
	out->size = size;
	return 0;
}

static int elem(int cmd, int fd, const void *key, const void *value_or_next, uint64_t flags)
{
	union bpf_attr attr = { 0 };

	attr.map_fd = (uint32_t)fd;
	attr.key = dt_bpf_ptr(key);
	attr.value = dt_bpf_ptr(value_or_next);
	attr.flags = flags;
	return dt_bpf_sys(cmd, &attr, sizeof(attr));
}

int dt_bpf_map_lookup(int fd, const void *key, void *value)
{
	return elem(BPF_MAP_LOOKUP_ELEM, fd, key, value, 0);
}

int dt_bpf_map_update(int fd, const void *key, const void *value, uint64_t flags)
{
	return elem(BPF_MAP_UPDATE_ELEM, fd, key, value, flags);
}

int dt_bpf_map_delete(int fd, const void *key)
{
	return elem(BPF_MAP_DELETE_ELEM, fd, key, NULL, 0);
}

int dt_bpf_map_next_key(int fd, const void *key, void *next)
{
	return elem(BPF_MAP_GET_NEXT_KEY, fd, key, next, 0);
}

int dt_bpf_map_freeze(int fd)
{
	union bpf_attr attr = { 0 };

	attr.map_fd = (uint32_t)fd;
	return dt_bpf_sys(BPF_MAP_FREEZE, &attr, sizeof(attr));
}

bool dt_bpf_map_is_percpu(enum bpf_map_type type)
{
	return type == BPF_MAP_TYPE_PERCPU_ARRAY || type == BPF_MAP_TYPE_PERCPU_HASH ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH;
}

size_t dt_bpf_entry_size(const struct dt_bpf *ctx, const struct dt_bpf_map_spec *spec)
{
	return dt_bpf_map_is_percpu(spec->type)
		       ? dt_bpf_percpu_stride(spec->value_size) * (size_t)ctx->ncpus
		       : spec->value_size;
}

/* ---- the walk ---- */

struct walk {
	int fd;
	size_t key_size, entry_size;
	bool delete;
	dt_bpf_entry_fn fn;
	void *arg;
	uint32_t room; /* entries that keys and values hold */
	uint8_t *keys, *values;
	uint8_t *token; /* where the kernel goes on: a key's size at most */
};

static int walk_room(struct walk *w, uint32_t room)
{
	uint8_t *keys = realloc(w->keys, room * w->key_size);

	if (keys)
		w->keys = keys;
	uint8_t *values = realloc(w->values, room * w->entry_size);

	if (values)
		w->values = values;
	if (!keys || !values)
		return -ENOMEM;
	w->room = room;
	return 0;
}

static int walk_deliver(struct walk *w, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		int ret = w->fn(w->arg, w->keys + i * w->key_size, w->values + i * w->entry_size);

		if (ret)
			return ret;
	}
	return 0;
}

/* -EOPNOTSUPP: this type of map has no batches, and nothing was delivered. */
static int walk_batched(struct walk *w)
{
	union bpf_attr attr;
	bool first = true;
	int err, ret;

	do {
		memset(&attr, 0, sizeof(attr));
		attr.batch.in_batch = first ? 0 : dt_bpf_ptr(w->token);
		attr.batch.out_batch = dt_bpf_ptr(w->token);
		attr.batch.keys = dt_bpf_ptr(w->keys);
		attr.batch.values = dt_bpf_ptr(w->values);
		attr.batch.count = w->room;
		attr.batch.map_fd = (uint32_t)w->fd;
		err = dt_bpf_sys(w->delete ? BPF_MAP_LOOKUP_AND_DELETE_BATCH : BPF_MAP_LOOKUP_BATCH,
				 &attr, sizeof(attr));
		if (err == -ENOSPC && !attr.batch.count) { /* one bucket holds more than the room */
			if (w->room > 1U << 24 || walk_room(w, w->room * 2))
				return -ENOMEM;
			continue;
		}
		if (err && err != -ENOENT && err != -ENOSPC)
			return first && err != -EPERM && err != -EFAULT ? -EOPNOTSUPP : err;
		first = false;
		ret = walk_deliver(w, attr.batch.count);
		if (ret)
			return ret;
	} while (err != -ENOENT);
	return 0;
}

/* Key by key. When deleting, always the first key that is left: no deletion moves the walk. */
static int walk_keys(struct walk *w)
{
	int err = dt_bpf_map_next_key(w->fd, NULL, w->keys), ret;

	while (!err) {
		uint8_t *next = w->token;

		if (w->delete) {
			err = elem(BPF_MAP_LOOKUP_AND_DELETE_ELEM, w->fd, w->keys, w->values, 0);
			if (err == -EINVAL || err == -EOPNOTSUPP ||
			    err == -524) { /* hashes have it from 5.14 on */
				err = dt_bpf_map_lookup(w->fd, w->keys, w->values);
				dt_bpf_map_delete(w->fd, w->keys);
			}
		} else {
			err = dt_bpf_map_lookup(w->fd, w->keys, w->values);
		}
		ret = err ? 0 : w->fn(w->arg, w->keys, w->values);
		if (ret || (err && err != -ENOENT))
			return ret ? ret : err;
		err = dt_bpf_map_next_key(w->fd, w->delete ? NULL : w->keys, next);
		memcpy(w->keys, next, w->key_size);
	}
	return err == -ENOENT ? 0 : err;
}

int dt_bpf_map_walk(struct dt_bpf *ctx, int fd, const struct dt_bpf_map_spec *spec, bool delete,
		    dt_bpf_entry_fn fn, void *arg)
{
	bool array = spec->type == BPF_MAP_TYPE_ARRAY || spec->type == BPF_MAP_TYPE_PERCPU_ARRAY;
	struct walk w = {
		.fd = fd,
		.key_size = spec->key_size,
		.entry_size = dt_bpf_entry_size(ctx, spec),
		.delete = delete &&!array,
		.fn = fn,
		.arg = arg,
	};
	uint32_t room = (uint32_t)(WALK_BYTES / (w.key_size + w.entry_size)) + 1;
	int err;

	room = DT_MAX(room, 16U);
	room = DT_MIN(room, DT_MAX(spec->max_entries, 16U));
	w.token = malloc(DT_MAX(w.key_size, 8));
	err = w.token ? walk_room(&w, room) : -ENOMEM;
	if (!err)
		err = walk_batched(&w);
	if (err == -EOPNOTSUPP)
		err = walk_keys(&w);
	free(w.keys);
	free(w.values);
	free(w.token);
	return err;
}
