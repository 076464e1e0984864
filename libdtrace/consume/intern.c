/* SPDX-License-Identifier: MIT */
/*
 * Interned stacks (intern.h).  A number of the stack map is asked for once and its frames kept,
 * since it stays the same until the half of the table is emptied.  That is done when the half is
 * half full, so that stacks that have gone out of use make room.  The hash is taken out of the
 * kernel each time.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "bpf/bpf.h"
#include "consume/context.h"
#include "consume/intern.h"

struct dt_intern_half_copy {
	char *frames; /* of the stack map, by number, as far as `known` says */
	bool *known;
	char *rest; /* of the hash, by number, while its generation is taken */
	uint64_t nrest;
};

static struct dt_intern_layout *layout_of(const struct dt_interns *in, size_t table)
{
	return in->con->layout->interns.data[table];
}

static struct dt_intern_half *half_of(const struct dt_interns *in, size_t table)
{
	return (struct dt_intern_half *)((char *)in->con->state +
					 layout_of(in, table)->off[in->generation]);
}

static struct dt_intern_half_copy *copy_of(const struct dt_interns *in, size_t table)
{
	return &in->copies[2 * table + in->generation];
}

static bool make_copy(const struct dt_interns *in, size_t table)
{
	struct dt_intern_half_copy *copy = copy_of(in, table);
	const struct dt_intern_layout *layout = layout_of(in, table);

	if (!copy->frames)
		copy->frames = calloc(layout->entries, layout->bytes);
	if (!copy->known)
		copy->known = calloc(layout->entries, sizeof(*copy->known));
	return copy->frames && copy->known;
}

struct rest {
	const struct dt_intern_layout *layout;
	struct dt_intern_half_copy *copy;
};

static int keep_rest(void *arg, const void *frames, const void *value)
{
	struct rest *rest = arg;
	uint32_t number;

	memcpy(&number, value, sizeof(number));
	number -= rest->layout->entries;
	if (number < rest->copy->nrest)
		memcpy(rest->copy->rest + (size_t)number * rest->layout->bytes, frames,
		       rest->layout->bytes);
	return 0;
}

static int take_rest(struct dt_interns *in, size_t table)
{
	struct dt_intern_layout *layout = layout_of(in, table);
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_HASH,
					.key_size = layout->bytes,
					.value_size = sizeof(uint32_t),
					.max_entries = layout->rest_entries };
	struct dt_intern_half_copy *copy = copy_of(in, table);
	struct rest rest = { layout, copy };
	int fd = in->map_fds[layout->rest[in->generation]];

	if (fd < 0 || !half_of(in, table)->nrest)
		return 0;
	copy->nrest = half_of(in, table)->nrest;
	copy->rest = calloc(copy->nrest, layout->bytes);
	if (!copy->rest)
		return -ENOMEM;
	half_of(in, table)->nrest = 0;
	return dt_bpf_map_walk(in->bpf, fd, &spec, true, keep_rest, &rest);
}

int dt_interns_begin(struct dt_interns *in, uint32_t generation)
{
	size_t n = in->con->layout->interns.n;
	int rc = 0;

	in->generation = generation;
	if (!in->copies)
		in->copies = calloc(2 * n + 1, sizeof(*in->copies));
	if (!in->copies)
		return -ENOMEM;
	for (size_t table = 0; table < n && !rc; table++)
		rc = take_rest(in, table);
	return rc;
}

const char *dt_intern_frames(struct dt_interns *in, uint32_t table, uint32_t number, uint32_t *size)
{
	const struct dt_intern_layout *layout = layout_of(in, table - 1);
	struct dt_intern_half_copy *copy = copy_of(in, table - 1);
	char *frames;

	*size = layout->bytes;
	if (number >= layout->entries) {
		number -= layout->entries;
		return number < copy->nrest ? copy->rest + (size_t)number * layout->bytes : NULL;
	}
	if (!make_copy(in, table - 1))
		return NULL;
	frames = copy->frames + (size_t)number * layout->bytes;
	if (!copy->known[number] &&
	    dt_bpf_map_lookup(in->map_fds[layout->stacks[in->generation]], &number, frames))
		return NULL;
	copy->known[number] = true;
	return frames;
}

static int empty_map(int fd)
{
	uint32_t number, next;
	int rc = dt_bpf_map_next_key(fd, NULL, &next);

	/* The next key is asked for before this one is deleted: it starts at 0 from one that is
	 * not there. */
	while (!rc) {
		number = next;
		rc = dt_bpf_map_next_key(fd, &number, &next);
		dt_bpf_map_delete(fd, &number);
	}
	return rc == -ENOENT ? 0 : rc;
}

int dt_interns_end(struct dt_interns *in)
{
	for (size_t table = 0; table < in->con->layout->interns.n; table++) {
		const struct dt_intern_layout *layout = layout_of(in, table);
		struct dt_intern_half_copy *copy = copy_of(in, table);
		struct dt_intern_half *half = half_of(in, table);
		int rc;

		free(copy->rest);
		copy->rest = NULL;
		copy->nrest = 0;
		if (half->nsettled <= layout->entries / 2)
			continue;
		rc = empty_map(in->map_fds[layout->stacks[in->generation]]);
		if (rc)
			return rc;
		memset(half->settled, 0, layout->entries);
		half->nsettled = 0;
		free(copy->frames);
		free(copy->known);
		*copy = (struct dt_intern_half_copy){ 0 };
	}
	return 0;
}

void dt_interns_fini(struct dt_interns *in)
{
	for (size_t i = 0; in->copies && i < 2 * in->con->layout->interns.n; i++) {
		free(in->copies[i].frames);
		free(in->copies[i].known);
		free(in->copies[i].rest);
	}
	free(in->copies);
}
