/* SPDX-License-Identifier: MIT */
/*
 * Interned stacks (contract/record.h): from numbers in keys to frames.  snapshot.c calls it for one
 * generation at a time, which nobody writes meanwhile.
 */
#ifndef DT_CONSUME_INTERN_H
#define DT_CONSUME_INTERN_H

#include <stdint.h>

struct dt_bpf;
struct dt_con;
struct dt_intern_half_copy;

struct dt_interns {
	struct dt_con *con;
	struct dt_bpf *bpf;
	const int *map_fds; /* by the layout's numbers */
	uint32_t generation;
	struct dt_intern_half_copy *copies; /* two per table; NULL: none yet */
};

/* Before and after the keys of GENERATION are taken.  0 or -errno. */
int dt_interns_begin(struct dt_interns *in, uint32_t generation);
int dt_interns_end(struct dt_interns *in);
/* The frames of NUMBER in TABLE (from 1), padded with zeros; *SIZE: their bytes.  NULL: out of
 * memory, or no such number. */
const char *dt_intern_frames(struct dt_interns *in, uint32_t table, uint32_t number,
			     uint32_t *size);
void dt_interns_fini(struct dt_interns *in);

#endif
