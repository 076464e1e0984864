/* SPDX-License-Identifier: MIT */
/*
 * The types of data in records and tuples (dtrace_valtype_t), which illumos' structures do not
 * carry.  Called by the door for dtrace_rec_valtype() and its kin.  It owns the names of types.
 */
#ifndef DT_CONSUME_VALTYPE_H
#define DT_CONSUME_VALTYPE_H

#include <dtrace_linux.h>
#include <stdint.h>
#include "base/table.h"

struct dt_con;
struct dt_epids;
struct dt_type;

struct dt_valtypes {
	struct dt_con *con;
	struct dt_epids *epids;
	struct dt_table names; /* struct dt_type * -> its name, in the consumer's arena */
};

/* The type of a datum, without its name. */
void dt_valtype_fill(uint16_t action, uint64_t arg, const struct dt_type *type, uint32_t size,
		     dtrace_valtype_t *out);
void dt_valtypes_fini(struct dt_valtypes *types);
int dt_valtype_of_rec(struct dt_valtypes *types, const dtrace_eprobedesc_t *edesc,
		      const dtrace_recdesc_t *rec, dtrace_valtype_t *out);
int dt_valtype_of_agg(struct dt_valtypes *types, const dtrace_aggdesc_t *desc, int index,
		      dtrace_valtype_t *out);

#endif
