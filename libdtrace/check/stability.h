/* SPDX-License-Identifier: MIT */
/*
 * The stability of what is checked.  Every use of a name lowers that of its statement
 * (struct dt_check, attr) to the name's; -x amin makes an error of what is too low.
 */
#ifndef DT_CHECK_STABILITY_H
#define DT_CHECK_STABILITY_H

#include "base/attr.h"
#include "check/tree.h"
#include "contract/builtin.h"

struct dt_ast_pragma;
struct dt_check;

extern const struct dt_attr dt_check_stable; /* Stable/Stable/Common: D's own */

/* NAME, which has ATTR, is used at LOC. */
void dt_check_use_attr(struct dt_check *c, struct dt_attr attr, const char *name,
		       const struct dt_loc *loc);
void dt_check_use_builtin(struct dt_check *c, const struct dt_builtin *row,
			  const struct dt_loc *loc);
void dt_check_use_symbol(struct dt_check *c, const char *name, const struct dt_loc *loc);
/* The attributes that a pragma gives NAME; NULL: none does. */
const struct dt_attr *dt_check_attr_of(struct dt_check *c, const char *name);
/* Of the description that the clause's probes match, into descattr. */
void dt_check_clause_attr(struct dt_check *c, struct dt_tclause *t);
/* Has VERSION of D come after the one that the option version asks for? */
bool dt_check_is_later(const struct dt_check *c, uint32_t version);
/* The version of D that #pragma D binding gives NAME; 0: none does. */
uint32_t dt_check_binding_of(struct dt_check *c, const char *name);
void dt_check_binding_pragma(struct dt_check *c, const struct dt_ast_pragma *p);
/* #pragma D attributes */
void dt_check_attr_pragma(struct dt_check *c, const struct dt_ast_pragma *p);
/* A pragma has to be about something that its program has declared. */
void dt_check_pragma_unused(struct dt_check *c, const struct dt_ast_pragma *p);

#endif
