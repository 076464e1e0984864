/* SPDX-License-Identifier: MIT */
/*
 * The scratch slot of a firing.  point.c has main claim one where a clause needs scratch, and
 * release it at the end.
 */
#ifndef DT_LOWER_CLAIM_H
#define DT_LOWER_CLAIM_H

#include "lower/context.h"

struct dt_claim {
	dt_vreg slot, index, level_ptr, level;
	bool by_cas;
};

struct dt_claim dt_claim_slot(struct dt_cg *cg,
			      dt_label none); /* jumps to NONE without a free one */
/* In a segment: the slot that the point's program has claimed for all of them. */
struct dt_claim dt_claim_adopt(struct dt_cg *cg, dt_label none);
void dt_claim_release(struct dt_cg *cg, const struct dt_claim *c);

#endif
