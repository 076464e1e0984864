/* SPDX-License-Identifier: MIT */
/*
 * From the compact record of a ring to illumos' layout.  Each clause has an expansion: a record
 * buffer in which constants and padding already stand, and the copies that remain to be done.  A
 * record is valid until the next one of its clause.
 */
#ifndef DT_CONSUME_EXPAND_H
#define DT_CONSUME_EXPAND_H

#include <stdbool.h>
#include <stdint.h>
#include "contract/record.h"

struct dt_con;

/* One copy: where the datum's bytes come from and go to. */
struct dt_step {
	uint8_t enc;
	uint32_t koff, ksize;  /* in the compact record */
	uint32_t offset, size; /* in illumos' record */
	uint32_t used;         /* bytes of it that the last record filled; the rest is zero */
	uint32_t last_id;      /* STRID: the string that stands there, + 1 */
};

struct dt_expansion {
	const struct dt_clause_layout *layout;
	char *buf; /* layout->size bytes; NULL: not prepared yet */
	struct dt_step *steps;
	uint32_t nsteps;
	uint32_t spec_koff; /* where the tag of speculate() stands; 0: none */
};

/* Does nothing when it is prepared. */
int dt_expansion_prepare(struct dt_expansion *exp, struct dt_con *con,
			 const struct dt_clause_layout *layout);
void dt_expansion_free(struct dt_expansion *exp);
/* Expands into exp->buf. False: the record is damaged. */
bool dt_expand(struct dt_expansion *exp, const struct dt_con *con, const void *krec, uint32_t len);

#endif
