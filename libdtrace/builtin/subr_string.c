/* SPDX-License-Identifier: MIT */
/*
 * Functions on strings.  The checker has converted every `const char *` argument to a string.  The
 * work is done by runtime functions (runtime.h), on copies in scratch memory.
 */
#include <linux/bpf.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/context.h"
#include "check/lookup.h"
#include "check/node.h"
#include "lower/hooks.h"
#include "lower/var.h"
#include "runtime/runtime.h"

/* Scratch memory for one string; SLACK: twice as much, which some runtime functions need. */
static struct dt_str text_place(struct dt_cg *cg, bool slack)
{
	uint32_t cap = dt_cg_text_cap(cg);

	return (struct dt_str){ .kind = DT_STR_MEM,
				.cap = cap,
				.mem = dt_cg_scratch(cg, slack ? 2 * cap : cap) };
}

/* Copies an argument to scratch memory, of which dt_cg_text_cap() bytes may be read. */
static dt_vreg text(struct dt_cg *cg, const struct dt_expr *e, bool slack)
{
	struct dt_str place = text_place(cg, slack);

	dt_cg_str_into(cg, e, &place);
	return dt_cg_mem_ptr(cg, place.mem);
}

static dt_vreg cap_arg(struct dt_cg *cg)
{
	return dt_ir_const(&cg->ir, dt_cg_text_cap(cg));
}

/* The string that a runtime function wrote to PLACE.  It returned SIZE, which is negative after a
 * bad address. */
static struct dt_val written(struct dt_cg *cg, struct dt_str place, dt_vreg size, bool may_fail)
{
	if (may_fail)
		dt_cg_fault_if_neg(cg, size, DTRACEFLT_BADADDR, 0);
	place.size = size;
	place.padded = false;
	return dt_val_str(place);
}

static struct dt_val emit_strlen(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(dt_ir_runtime(&cg->ir, DT_RT_STRLEN,
					DT_ARGS(text(cg, e->kids[0], false), cap_arg(cg))));
}

/* Functions that make one string of another. */
static struct dt_val one_text(struct dt_cg *cg, const struct dt_expr *e, enum dt_rt fn, bool slack)
{
	dt_vreg s = text(cg, e->kids[0], slack);
	struct dt_str dst = text_place(cg, slack);
	dt_vreg size = dt_ir_runtime(&cg->ir, fn,
				     DT_ARGS(dt_cg_mem_ptr(cg, dst.mem), s, cap_arg(cg)));

	return written(cg, dst, size, false);
}

static struct dt_val emit_basename(struct dt_cg *cg, const struct dt_expr *e)
{
	return one_text(cg, e, DT_RT_BASENAME, false);
}

static struct dt_val emit_dirname(struct dt_cg *cg, const struct dt_expr *e)
{
	return one_text(cg, e, DT_RT_DIRNAME, false);
}

static struct dt_val emit_cleanpath(struct dt_cg *cg, const struct dt_expr *e)
{
	return one_text(cg, e, DT_RT_CLEANPATH, true);
}

static struct dt_val emit_tolower(struct dt_cg *cg, const struct dt_expr *e)
{
	return one_text(cg, e, DT_RT_TOLOWER, false);
}

static struct dt_val emit_toupper(struct dt_cg *cg, const struct dt_expr *e)
{
	return one_text(cg, e, DT_RT_TOUPPER, false);
}

static struct dt_val emit_strjoin(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg a = text(cg, e->kids[0], false), b = text(cg, e->kids[1], false);
	struct dt_str dst = text_place(cg, true);
	dt_vreg size = dt_ir_runtime(&cg->ir, DT_RT_STRJOIN,
				     DT_ARGS(dt_cg_mem_ptr(cg, dst.mem), a, b, cap_arg(cg)));

	return written(cg, dst, size, true);
}

static struct dt_val emit_substr(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg s = text(cg, e->kids[0], false), at = dt_cg_num(cg, e->kids[1]);
	dt_vreg len = e->nkids > 2 ? dt_cg_num(cg, e->kids[2]) : dt_ir_const(&cg->ir, INT64_MAX);
	struct dt_str dst = text_place(cg, false);
	dt_vreg size = dt_ir_runtime(&cg->ir, DT_RT_SUBSTR,
				     DT_ARGS(dt_cg_mem_ptr(cg, dst.mem), s, at, len, cap_arg(cg)));

	return written(cg, dst, size, true);
}

static struct dt_val find_text(struct dt_cg *cg, const struct dt_expr *e, enum dt_rt fn,
			       int64_t no_pos)
{
	dt_vreg s = text(cg, e->kids[0], true), sub = text(cg, e->kids[1], true);
	dt_vreg pos = e->nkids > 2 ? dt_cg_num(cg, e->kids[2]) : dt_ir_const(&cg->ir, no_pos);

	return dt_val_num(dt_ir_runtime(&cg->ir, fn, DT_ARGS(s, sub, pos, cap_arg(cg))));
}

static struct dt_val emit_index(struct dt_cg *cg, const struct dt_expr *e)
{
	return find_text(cg, e, DT_RT_INDEX, 0);
}

static struct dt_val emit_rindex(struct dt_cg *cg, const struct dt_expr *e)
{
	return find_text(cg, e, DT_RT_RINDEX, INT64_MAX);
}

/* The rest of S from position AT on; the null string, which is empty, if AT is -1. */
static struct dt_val rest_from(struct dt_cg *cg, dt_vreg s, dt_vreg at)
{
	struct dt_str dst = text_place(cg, false);
	dt_vreg ptr = dt_cg_mem_ptr(cg, dst.mem), size = dt_ir_new(&cg->ir);
	dt_label none = dt_ir_label(&cg->ir);

	dt_ir_sti(&cg->ir, dst.mem.base, dst.mem.off, 1, 0);
	dt_ir_seti(&cg->ir, size, 1);
	dt_ir_jcci(&cg->ir, DT_IR_JLT, at, 0, none);
	dt_ir_set(&cg->ir, size,
		  dt_ir_runtime(&cg->ir, DT_RT_TAIL, DT_ARGS(ptr, s, at, cap_arg(cg))));
	dt_ir_place(&cg->ir, none);
	return written(cg, dst, size, true);
}

static struct dt_val find_char(struct dt_cg *cg, const struct dt_expr *e, enum dt_rt fn)
{
	dt_vreg s = text(cg, e->kids[0], false);
	dt_vreg c = dt_ir_ext(&cg->ir, dt_cg_num(cg, e->kids[1]), 1, false);

	return rest_from(cg, s, dt_ir_runtime(&cg->ir, fn, DT_ARGS(s, c, cap_arg(cg))));
}

static struct dt_val emit_strchr(struct dt_cg *cg, const struct dt_expr *e)
{
	return find_char(cg, e, DT_RT_STRCHR);
}

static struct dt_val emit_strrchr(struct dt_cg *cg, const struct dt_expr *e)
{
	return find_char(cg, e, DT_RT_STRRCHR);
}

static struct dt_val emit_strstr(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg s = text(cg, e->kids[0], true), sub = text(cg, e->kids[1], true);

	return rest_from(cg, s, dt_ir_runtime(&cg->ir, DT_RT_STRSTR, DT_ARGS(s, sub, cap_arg(cg))));
}

/* ---- strtok ---- */

/* A variable that the calls of all clauses share: where the last one left off. */
static struct dt_expr *shared_variable(struct dt_check *c, const char *name,
				       const struct dt_type *type, const struct dt_loc *loc)
{
	struct dt_var *v = dt_check_var(c, DT_SCOPE_CLAUSE, name);
	struct dt_expr *e = dt_check_node(c, DT_E_VAR, type, loc, 0);

	e->var = v ? v : dt_check_new_var(c, DT_SCOPE_CLAUSE, name, type, loc);
	return e;
}

enum { STRTOK_TEXT, STRTOK_DELIMITERS, STRTOK_REST, STRTOK_PLACE, STRTOK_NKIDS };

/* No script can write these names.  The place is an array, so that it has an address. */
static void check_strtok(struct dt_check *c, struct dt_expr *e)
{
	struct dt_expr **kids = dt_arena_new_array(c->arena, struct dt_expr *, STRTOK_NKIDS);
	const struct dt_type *place = dt_type_array(c->types, dt_type_base(c->types, DT_B_LONG), 1);

	kids[STRTOK_TEXT] = e->kids[STRTOK_TEXT];
	kids[STRTOK_DELIMITERS] = e->kids[STRTOK_DELIMITERS];
	kids[STRTOK_REST] = shared_variable(c, "strtok text", dt_type_base(c->types, DT_B_STRING),
					    &e->loc);
	kids[STRTOK_PLACE] = shared_variable(c, "strtok place", place, &e->loc);
	e->kids = kids;
	e->nkids = STRTOK_NKIDS;
}

/* The null string when there is no token left, or never was a text. */
static struct dt_val emit_strtok(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_str rest = { .kind = DT_STR_MEM, .cap = (uint32_t)cg->plan->opts.strsize };
	dt_vreg delimiters = text(cg, e->kids[STRTOK_DELIMITERS], true), pos = dt_ir_new(&cg->ir);
	dt_label none = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	struct dt_str dst = text_place(cg, true);
	struct dt_mem place;

	if (e->kids[STRTOK_TEXT]->op != DT_E_INT) { /* not NULL */
		struct dt_str s = dt_cg_str(cg, e->kids[STRTOK_TEXT]);

		rest.mem = dt_cg_var_storage(cg, e->kids[STRTOK_REST]);
		place = dt_cg_var_storage(cg, e->kids[STRTOK_PLACE]);
		dt_cg_str_copy(cg, s, &rest);
		dt_ir_seti(&cg->ir, pos, 0);
	} else {
		rest.mem = dt_cg_var_storage(cg, e->kids[STRTOK_REST]);
		place = dt_cg_var_storage(cg, e->kids[STRTOK_PLACE]);
		dt_ir_set(&cg->ir, pos, dt_ir_ld(&cg->ir, place.base, place.off, 8));
		dt_ir_jcci(&cg->ir, DT_IR_JLT, pos, 0, none);
	}
	dt_ir_set(&cg->ir, pos,
		  dt_ir_runtime(&cg->ir, DT_RT_STRTOK,
				DT_ARGS(dt_cg_mem_ptr(cg, dst.mem), dt_cg_mem_ptr(cg, rest.mem),
					delimiters, cap_arg(cg), pos)));
	dt_ir_st(&cg->ir, place.base, place.off, 8, pos);
	dt_ir_jcci(&cg->ir, DT_IR_JGE, pos, 0, end);
	dt_ir_place(&cg->ir, none);
	dt_ir_sti(&cg->ir, dst.mem.base, dst.mem.off, 1, 0);
	dt_ir_place(&cg->ir, end);
	dst.size = 0;
	dst.padded = false;
	return dt_val_str(dst);
}

/* ---- json ---- */

/* The null string if there is nothing at the path. */
static struct dt_val emit_json(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg s = text(cg, e->kids[0], false), path = text(cg, e->kids[1], false),
		size = dt_ir_new(&cg->ir);
	struct dt_str dst = text_place(cg, false);
	dt_label found = dt_ir_label(&cg->ir);

	dt_ir_set(&cg->ir, size,
		  dt_ir_runtime(&cg->ir, DT_RT_JSON,
				DT_ARGS(dt_cg_mem_ptr(cg, dst.mem), s, path, cap_arg(cg))));
	dt_ir_jcci(&cg->ir, DT_IR_JGE, size, 0, found);
	dt_ir_sti(&cg->ir, dst.mem.base, dst.mem.off, 1, 0);
	dt_ir_seti(&cg->ir, size, 1);
	dt_ir_place(&cg->ir, found);
	return written(cg, dst, size, false);
}

static const struct dt_builtin rows[] = {
	{ "basename", DT_BI_SUBR, "string(const char *)", .emit = emit_basename,
	  .doc = "Last component of a path.", .example = "trace(basename(\"/usr/bin/ls\"))" },
	{ "cleanpath", DT_BI_SUBR, "string(const char *)", .emit = emit_cleanpath,
	  .doc = "A path without `/./`, `/../` and repeated slashes.",
	  .example = "trace(cleanpath(\"/a/../b\"))" },
	{ "dirname", DT_BI_SUBR, "string(const char *)", .emit = emit_dirname,
	  .doc = "A path without its last component.",
	  .example = "trace(dirname(\"/usr/bin/ls\"))" },
	{ "index", DT_BI_SUBR, "int(const char *, const char *, [int])", .emit = emit_index,
	  .doc = "Position of the second string in the first, searched from the third argument on; "
		 "-1 if absent.",
	  .example = "trace(index(\"abcabc\", \"c\", 3))" },
	{ "json", DT_BI_SUBR, "string(const char *, const char *)", .emit = emit_json,
	  .doc = "Value at a path (`a.b[2]`) in a JSON text.",
	  .example = "trace(json(\"{\\\"a\\\": [1, 2]}\", \"a[1]\"))" },
	{ "rindex", DT_BI_SUBR, "int(const char *, const char *, [int])", .emit = emit_rindex,
	  .doc = "Last position of the second string in the first; -1 if absent.",
	  .example = "trace(rindex(\"abcabc\", \"c\"))" },
	{ "strchr", DT_BI_SUBR, "string(const char *, char)", .emit = emit_strchr,
	  .doc = "Rest of the string from the first occurrence of a character on.",
	  .example = "trace(strchr(\"a/b\", '/'))" },
	{ "strjoin", DT_BI_SUBR, "string(const char *, const char *)", .emit = emit_strjoin,
	  .doc = "Two strings joined.", .example = "trace(strjoin(execname, \"!\"))" },
	{ "strlen", DT_BI_SUBR, "size_t(const char *)", .emit = emit_strlen,
	  .doc = "Length of a string in bytes.", .example = "trace(strlen(execname))" },
	{ "strrchr", DT_BI_SUBR, "string(const char *, char)", .emit = emit_strrchr,
	  .doc = "Rest of the string from the last occurrence of a character on.",
	  .example = "trace(strrchr(\"a/b/c\", '/'))" },
	{ "strstr", DT_BI_SUBR, "string(const char *, const char *)", .emit = emit_strstr,
	  .doc = "Rest of the first string from the first occurrence of the second on.",
	  .example = "trace(strstr(\"key=value\", \"=\"))" },
	{ "strtok", DT_BI_SUBR, "string(const char *, const char *)", .check = check_strtok,
	  .emit = emit_strtok,
	  .doc = "First token of a string; with NULL the next one of the string in the last call "
		 "of this firing. NULL when there is none left.",
	  .example = "trace(strtok(\"/usr/bin\", \"/\")); trace(strtok(NULL, \"/\"));" },
	{ "substr", DT_BI_SUBR, "string(const char *, int, [int])", .emit = emit_substr,
	  .doc = "Part of a string from a position on, of at most the given length; a negative "
		 "position counts from the end.",
	  .example = "trace(substr(\"abcdef\", -2, 1))" },
	{ "tolower", DT_BI_SUBR, "string(const char *)", .emit = emit_tolower,
	  .doc = "The string in lower case.", .example = "trace(tolower(\"ABC\"))" },
	{ "toupper", DT_BI_SUBR, "string(const char *)", .emit = emit_toupper,
	  .doc = "The string in upper case.", .example = "trace(toupper(\"abc\"))" },
};

const struct dt_builtin_family dt_builtins_subr_string = { "subr_string", rows, ARRAY_SIZE(rows) };
