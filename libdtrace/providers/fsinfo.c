/* SPDX-License-Identifier: MIT */
/*
 * fsinfo: what programs do with open files, at their system calls: args[0] is the file, args[1]
 * the call's result, such as the bytes that were read.  The probes fire when a call has succeeded;
 * close fires when it begins, while there is still a file.  probefunc is the system call.
 *
 * A call that names its file by path has no open file, so illumos' access, lookup, remove and their
 * like are refused.  What the kernel does by itself (pages of a mapped file, io_uring) is no
 * system call.
 */
#include <errno.h>
#include <string.h>
#include <sys/dtrace.h>
#include "lower/hooks.h"
#include "providers/arch.h"
#include "providers/providers.h"
#include "types/types.h"

#define MAX_CALLS 8 /* of a row */

/* Where a call has its descriptor. */
enum place { FIRST, FIFTH, RESULT };

static const struct row {
	const char *name;
	const struct dt_sysent_side *side;
	enum place fd;
	const char *calls[MAX_CALLS]; /* each in one row per side: it is found by its number */
} rows[] = {
	{ "open", &dt_sysent_exit, RESULT, { "open", "openat", "openat2", "creat" } },
	{ "close", &dt_sysent_enter, FIRST, { "close" } },
	{ "read", &dt_sysent_exit, FIRST, { "read", "pread64", "readv", "preadv", "preadv2" } },
	{ "write",
	  &dt_sysent_exit,
	  FIRST,
	  { "write", "pwrite64", "writev", "pwritev", "pwritev2" } },
	{ "seek", &dt_sysent_exit, FIRST, { "lseek" } },
	{ "readdir", &dt_sysent_exit, FIRST, { "getdents", "getdents64" } },
	{ "ioctl", &dt_sysent_exit, FIRST, { "ioctl" } },
	{ "fsync", &dt_sysent_exit, FIRST, { "fsync", "fdatasync" } },
	{ "space", &dt_sysent_exit, FIRST, { "ftruncate", "fallocate" } },
	{ "map", &dt_sysent_exit, FIFTH, { "mmap" } },
};

#define FIRST_ID 8200

static const struct row *row_of(const struct dt_probe *probe)
{
	return &rows[(probe->id - FIRST_ID) / MAX_CALLS];
}

/* ---- which probes there are ---- */

/* NULL: this processor does not have the call, or out of memory. */
static struct dt_probe *make(struct dt_provider *prov, uint32_t row, uint32_t place)
{
	uint32_t number = dt_sysent_number(rows[row].calls[place]);

	return number == dt_arch.nsyscalls
		       ? NULL
		       : dt_sysent_make(prov, FIRST_ID + row * MAX_CALLS + place, number,
					rows[row].name, rows[row].side);
}

static int provide_row(struct dt_provider *prov, const struct dt_pdesc *desc, uint32_t row,
		       dt_probe_fn fn, void *arg)
{
	for (uint32_t place = 0; place < MAX_CALLS && rows[row].calls[place]; place++) {
		const char *call = rows[row].calls[place];
		struct dt_probe *probe;
		int err;

		if (!dt_desc_matches(desc, "fsinfo", "vmlinux", call, rows[row].name) ||
		    dt_sysent_number(call) == dt_arch.nsyscalls)
			continue;
		probe = make(prov, row, place);
		err = probe ? fn(probe, arg) : -ENOMEM;
		if (err)
			return err;
	}
	return 0;
}

/* Says of illumos' other probes why they are not here. */
static void explain(struct dt_provider *prov, const struct dt_pdesc *desc)
{
	static const char *const by_path[] = { "access", "create", "getattr",  "link",
					       "lookup", "mkdir",  "readlink", "remove",
					       "rename", "rmdir",  "setattr",  "symlink" };
	static const char *const inner[] = { "addmap",  "delmap",   "dispose", "fid",
					     "getpage", "inactive", "pageio",  "poll",
					     "putpage", "rwlock",   "rwunlock" };

	if (prov->probes->why.len || !dt_glob_is_plain(desc->provider))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(by_path); i++)
		if (strcmp(desc->name, by_path[i]) == 0)
			dt_strbuf_printf(&prov->probes->why,
					 "fsinfo:::%s has no open file: its system calls name it "
					 "by path",
					 desc->name);
	for (size_t i = 0; i < ARRAY_SIZE(inner); i++)
		if (strcmp(desc->name, inner[i]) == 0)
			dt_strbuf_printf(
				&prov->probes->why,
				"fsinfo:::%s is no system call on one open file, and those "
				"are all that fsinfo sees",
				desc->name);
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	int err = 0;

	for (uint32_t row = 0; !err && row < ARRAY_SIZE(rows); row++)
		err = provide_row(prov, desc, row, fn, arg);
	explain(prov, desc);
	return err;
}

static struct dt_probe *by_id(struct dt_provider *prov, uint32_t id)
{
	uint32_t row = (id - FIRST_ID) / MAX_CALLS, place = (id - FIRST_ID) % MAX_CALLS;

	return row < ARRAY_SIZE(rows) && rows[row].calls[place] ? make(prov, row, place) : NULL;
}

static int args(struct dt_provider *prov, const struct dt_probe *probe DT_UNUSED,
		struct dt_args *out)
{
	struct dt_types *types = prov->env->types;

	*out = (struct dt_args){ .n = 2 };
	out->arg[0] = (struct dt_arg){ .type = dt_types_parse(types, "struct file *"),
				       .translated = "fileinfo_t *" };
	out->arg[1] = (struct dt_arg){ .type = dt_type_base(types, DT_B_LONG), .argn = 1 };
	return out->arg[0].type ? 0 : -ENOENT;
}

/* ---- where they are attached, and their code ---- */

static dt_vreg descriptor_at(struct dt_cg *cg, enum place place)
{
	return place == RESULT ? dt_sysent_emit_result(cg)
			       : dt_sysent_emit_call_arg(cg, place == FIFTH ? 4 : 0);
}

/* places[probe], a byte for each of the point's probes; *ALL_SAME: they need no table. */
static dt_vreg place_of(struct dt_cg *cg, dt_vreg probe, bool *all_same)
{
	struct dt_point *pt = cg->point;
	uint32_t n = dt_cg_probe_table_size(pt);
	uint8_t *places = dt_arena_new_array(cg->arena, uint8_t, n);

	*all_same = true;
	for (uint32_t i = 0; i < pt->nprobes; i++) {
		places[i] = (uint8_t)row_of(pt->probes[i])->fd;
		*all_same &= places[i] == places[0];
	}
	if (*all_same)
		return dt_ir_const(&cg->ir, 0);
	probe = dt_ir_bini(&cg->ir, DT_IR_AND, probe, n - 1); /* for the verifier */
	return dt_ir_ld(&cg->ir,
			dt_ir_bin(&cg->ir, DT_IR_ADD,
				  dt_cg_rodata_ptr(cg, dt_cg_rodata(cg, places, n, 1)), probe),
			0, 1);
}

/* PROBE: the firing one's number among the point's. */
static dt_vreg descriptor(struct dt_cg *cg, dt_vreg probe)
{
	dt_vreg fd = dt_ir_new(&cg->ir), place;
	dt_label done = dt_ir_label(&cg->ir);
	bool all_same;

	place = place_of(cg, probe, &all_same);
	if (all_same)
		return descriptor_at(cg, row_of(cg->point->probes[0])->fd);
	dt_cg_ctx(cg); /* read on all ways */
	for (enum place p = FIRST; p <= RESULT; p++) {
		dt_label next = dt_ir_label(&cg->ir);

		dt_ir_jcci(&cg->ir, DT_IR_JNE, place, p, next);
		dt_ir_set(&cg->ir, fd, descriptor_at(cg, p));
		dt_ir_jmp(&cg->ir, done);
		dt_ir_place(&cg->ir, next);
	}
	dt_ir_seti(&cg->ir, fd, -1);
	dt_ir_place(&cg->ir, done);
	return fd;
}

static bool is_return(const struct dt_cg *cg)
{
	return row_of(cg->point->probes[0])->side->is_return;
}

static uint32_t emit_find(struct dt_cg *cg, uint32_t none)
{
	dt_vreg probe = dt_sysent_emit_find(cg, none);

	if (is_return(cg)) /* an error is the only result below 0: addresses are of user memory */
		dt_ir_jcci(&cg->ir, DT_IR_JLT, dt_sysent_emit_result(cg), 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_cg_file(cg, descriptor(cg, probe)), 0, none);
	return probe;
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	if (n == 0)
		return dt_cg_file(cg, descriptor(cg, dt_cg_probe(cg)));
	return n == 1 && is_return(cg) ? dt_sysent_emit_result(cg) : dt_ir_const(&cg->ir, 0);
}

const struct dt_provider_ops dt_provider_fsinfo = {
	.name = "fsinfo",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, COMMON),
		  DT_ATTR(EVOLVING, EVOLVING, COMMON) },
	.first_id = FIRST_ID,
	.nids = ARRAY_SIZE(rows) * MAX_CALLS,
	.doc = "What programs do with open files.",
	.provide = provide,
	.by_id = by_id,
	.args = args,
	.point = dt_sysent_point,
	.target = dt_sysent_target,
	.emit_find = emit_find,
	.emit_arg = emit_arg,
};
