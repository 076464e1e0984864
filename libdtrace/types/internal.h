/* SPDX-License-Identifier: MIT */
/* What the files of types/ share: the inside of the context, and the few functions that one file
 * offers to the others.  Nothing outside of the room includes this. */
#ifndef DT_TYPES_INTERNAL_H
#define DT_TYPES_INTERNAL_H

#include "base/arena.h"
#include "base/table.h"
#include "base/vec.h"
#include "types/btf.h"
#include "types/types.h"

/* One opened BTF and the dt_types made of it. */
struct dt_btf_unit {
	struct dt_btf *btf;
	struct dt_btf_unit *base; /* vmlinux's for a module, else NULL */
	struct dt_type **memo;    /* by id - first_id; NULL: not converted yet */
	const char *name;         /* "vmlinux" or the module */
};

/* One name that a D program has declared, for undoing it. */
struct dt_types_decl {
	enum { DT_UNDO_TYPE, DT_UNDO_ENUMERATOR, DT_UNDO_COMPLETION } what;
	enum dt_tag tag;
	const char *name;
	struct dt_type *type;
};

/* Where an enumeration constant comes from. */
struct dt_types_enumerator {
	const struct dt_type *type;
	int64_t value;
};

struct dt_types {
	struct dt_arena *arena; /* every type, name and list */
	struct dt_compile *guard;
	struct dt_type *base[DT_B_COUNT];
	struct dt_table names[DT_TAG_ENUM + 1]; /* D's: name -> struct dt_type */
	struct dt_table enumerators;            /* D's: name -> struct dt_types_enumerator */
	DT_VEC(struct dt_types_decl) decls;
	struct dt_table
		units; /* name -> struct dt_btf_unit, or &no_unit for a module without BTF */
};

/* base_types.c */
bool dt_types_add_builtin(struct dt_types *types);
/* "unsigned long", "long unsigned int"... in any order; DT_B_COUNT: not the name of a C type. */
enum dt_base dt_type_spelled(const char *text);

/* build.c */
struct dt_type *dt_type_alloc(struct dt_types *types, enum dt_kind kind, const char *name);
void dt_types_nomem(struct dt_types *types); /* leaves through the guard if there is one */

/* kernel.c */
void dt_types_close_units(struct dt_types *types);
struct dt_btf_unit *dt_types_unit(struct dt_types *types, const char *module); /* NULL: no BTF */
struct dt_type *dt_types_convert(struct dt_types *types, struct dt_btf_unit *unit, uint32_t id);
void dt_type_fill(struct dt_types *types, struct dt_type *t); /* members, enumerators, parameters */
const struct dt_type *dt_types_lookup_btf(struct dt_types *types, struct dt_btf_unit *unit,
					  enum dt_tag tag, const char *name, bool complete_only);

#endif
