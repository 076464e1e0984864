/* SPDX-License-Identifier: MIT */
/* Creating nodes of the typed tree. Also names of types, for messages. */
#ifndef DT_CHECK_NODE_H
#define DT_CHECK_NODE_H

#include <stdint.h>
#include "check/tree.h"

struct dt_check;

struct dt_expr *dt_check_node(struct dt_check *c, enum dt_eop op, const struct dt_type *type,
			      const struct dt_loc *loc, uint32_t nkids, ...);
struct dt_expr *dt_check_int(struct dt_check *c, int64_t value, const struct dt_type *type,
			     const struct dt_loc *loc);
const char *dt_check_tname(struct dt_check *c, const struct dt_type *type); /* in the arena */

#endif
