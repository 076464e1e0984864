/* SPDX-License-Identifier: MIT */
/*
 * pid: probes in process N, named pidN, at functions of its program ("a.out" or its name) and its
 * libraries: entry, return, and any instruction by its offset in hexadecimal, or by its address in
 * the object where the function is "-".  A library may be named without what follows its first dot:
 * libc for libc.so.6.
 *
 * All probes of one object and side are one attachment (site.h).  At an entry arg0... are the first
 * integer arguments.  At a return arg1 is the function's value.
 *
 * A return is caught by the kernel's trampoline, or, where that would break the process
 * (unwinding.h), at every instruction by which the function returns (exits.h).  Then arg0 is that
 * instruction's offset; at the trampoline it is 0, since there the instruction is not known.
 */
#include <ctype.h>
#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/dtrace.h>
#include "lower/hooks.h"
#include "providers/arch.h"
#include "providers/exits.h"
#include "providers/providers.h"
#include "providers/site.h"
#include "providers/unwinding.h"
#include "symbols/symbols.h"

#define WORD 8 /* bytes of an argument on the stack */

struct pid {
	struct dt_objects *objects;
	struct dt_usyms *usyms;
	struct dt_demangler *demangler;
	uint32_t nuncertain; /* exits so far for which the program at the probe decides */
};

static int init(struct dt_provider *prov)
{
	prov->priv = calloc(1, sizeof(struct pid));
	return prov->priv ? 0 : -ENOMEM;
}

static void fini(struct dt_provider *prov)
{
	struct pid *priv = prov->priv;

	if (!priv)
		return;
	dt_demangler_free(priv->demangler);
	dt_usyms_free(priv->usyms);
	dt_objects_free(priv->objects);
	free(priv);
}

static pid_t parse_pid(const char *provider)
{
	const char *p = provider + 3;

	if (strncmp(provider, "pid", 3) || !isdigit((unsigned char)*p) || strlen(p) > 9)
		return -1;
	for (; *p; p++)
		if (!isdigit((unsigned char)*p))
			return -1;
	return (pid_t)atol(provider + 3);
}

static bool answers(const char *pattern)
{
	return parse_pid(pattern) >= 0;
}

/* ---- making probes ---- */

struct visit {
	struct dt_provider *prov;
	const struct dt_pdesc *desc;
	dt_probe_fn fn, outer; /* fn counts and then calls outer */
	void *arg, *outer_arg;
	uint32_t nprobes;
	pid_t pid;
	const char *path, *key, *module; /* of the object being visited */
	struct dt_object *object;
	bool is_loader;              /* it is the dynamic loader */
	bool asked, may_unwind;      /* can code of the process unwind its stacks? */
	uint32_t nobjects, nfuncs;   /* that matched by module; of those, by function */
	uint32_t nunknown, nendless; /* of those, without a return: not decoded, has none */
};

static int report_probe(struct visit *v, const struct dt_osym *sym, const char *name,
			const struct dt_site *new_site)
{
	struct dt_arena *arena = v->prov->probes->arena;
	struct dt_probe *probe = dt_probe_make(v->prov, 0, v->desc->provider, v->module, sym->name,
					       name);
	struct dt_site *site = probe ? probe->data : NULL;

	if (probe && !site) {
		site = dt_arena_new_obj(arena, struct dt_site);
		if (site) {
			*site = *new_site;
			site->path = v->path;
			site->pid = v->pid;
			if (!site->key)
				site->key = v->key;
			probe->data = site;
			probe->ndx = site->offset - sym->offset;
		}
	}
	return site ? v->fn(probe, v->arg) : -ENOMEM;
}

static int report_offset(struct visit *v, const struct dt_osym *sym, const char *name,
			 uint64_t offset)
{
	return report_probe(v, sym, name, &(struct dt_site){ .offset = offset });
}

/* ---- returns ---- */

/* Functions that are entered by a return instead of a call, with no return address on the stack. */
static bool is_returned_to(const char *name)
{
	return !strcmp(name, "__restore_rt") || !strcmp(name, "__start_context");
}

static bool process_may_unwind(struct visit *v)
{
	struct pid *priv = v->prov->priv;

	if (!v->asked)
		v->may_unwind = dt_may_unwind(priv->usyms, priv->objects, v->pid);
	v->asked = true;
	return v->may_unwind;
}

/* The option decides for the process.  What is of no use at the function is not used there: the
 * program's first one has no return address, the loader's are not all called by the rules. */
static bool is_trampoline_safe(struct visit *v, const struct dt_osym *sym)
{
	if (v->is_loader || sym->addr == dt_object_entry(v->object) || is_returned_to(sym->name) ||
	    !dt_exits_fit_trampoline(v->object, sym))
		return false;
	switch (v->prov->env->returns) {
	case DT_RETURNS_TRAMPOLINE: return true;
	case DT_RETURNS_DECODE: return false;
	default: return !process_may_unwind(v);
	}
}

/* More of them than an attachment can tell apart are in another one. */
#define UNCERTAIN_AT_ONCE 256

static int report_exits(struct visit *v, const struct dt_osym *sym)
{
	struct dt_arena *arena = v->prov->probes->arena;
	struct pid *priv = v->prov->priv;
	struct dt_exits *exits = dt_arena_new_obj(arena, struct dt_exits);
	int err = exits ? dt_exits_find(v->object, sym, arena, exits) : -ENOMEM;
	struct dt_site site = { .offset = sym->offset, .is_return = true, .exits = exits };
	uint32_t n;

	if (err && err != -ENOEXEC)
		return err;
	n = err ? 0 : dt_exits_count_uncertain(exits);
	if (err || n > DT_SITE_MAX_UNCERTAIN - UNCERTAIN_AT_ONCE) {
		v->nunknown++;
		return 0;
	}
	if (!exits->n) {
		v->nendless++;
		return 0;
	}
	site.key = dt_arena_printf(arena, "%s return %u", v->key,
				   priv->nuncertain / UNCERTAIN_AT_ONCE);
	priv->nuncertain += n;
	return site.key ? report_probe(v, sym, "return", &site) : -ENOMEM;
}

/* A cold part of a function returns as that function. */
static int report_return(struct visit *v, const struct dt_osym *sym)
{
	if (dt_exits_is_part(sym->name))
		return 0;
	if (!is_trampoline_safe(v, sym))
		return report_exits(v, sym);
	return report_probe(v, sym, "return",
			    &(struct dt_site){ .offset = sym->offset, .is_return = true });
}

/* ---- functions and objects ---- */

/* "1a" -> 0x1a; UINT64_MAX: no offset. */
static uint64_t parse_offset(const char *name)
{
	char *end;
	uint64_t n;

	if (!isxdigit((unsigned char)*name))
		return UINT64_MAX;
	n = strtoull(name, &end, 16);
	return *end ? UINT64_MAX : n;
}

/* A function of C++ or Rust has two names: the linker's, and the one that its author knows. */
static bool name_matches(struct visit *v, const char *name)
{
	struct pid *priv = v->prov->priv;
	_cleanup_free_ char *known = NULL;

	if (dt_glob(v->desc->func, name))
		return true;
	if (name[0] == '_' && (name[1] == 'Z' || name[1] == 'R'))
		known = dt_demangle(&priv->demangler, name);
	return known && dt_glob(v->desc->func, known);
}

static int visit_function(const struct dt_osym *sym, void *arg)
{
	struct visit *v = arg;
	uint64_t at;
	int err = 0;

	/* Skip symbols outside of the file's text, and those that only choose which function to
	 * call. */
	if (sym->offset == UINT64_MAX || sym->type == STT_GNU_IFUNC || !name_matches(v, sym->name))
		return 0;
	v->nfuncs++;
	if (dt_glob(v->desc->name, "entry"))
		err = report_offset(v, sym, "entry", sym->offset);
	if (!err && dt_glob(v->desc->name, "return"))
		err = report_return(v, sym);
	at = parse_offset(v->desc->name);
	if (!err && at != UINT64_MAX && at < sym->size)
		err = report_offset(v, sym, v->desc->name, sym->offset + at);
	return err;
}

/* In the field of the function: the name is an address in the object, as `nm` shows it.  A stripped
 * program has no other. */
#define NO_FUNCTION "-"

static int visit_address(struct visit *v, const struct dt_object *obj)
{
	struct dt_osym none = { .name = NO_FUNCTION };
	uint64_t addr = parse_offset(v->desc->name), offset;

	v->nfuncs++;
	if (addr == UINT64_MAX || !dt_object_is_code(obj, addr))
		return 0;
	offset = dt_object_addr_to_offset(obj, addr);
	return report_offset(v, &none, v->desc->name, offset);
}

static bool module_matches(const char *pattern, const char *name, bool is_program)
{
	size_t len = strlen(pattern);

	if (dt_glob(pattern, name) || (is_program && dt_glob(pattern, "a.out")))
		return true;
	return dt_glob_is_plain(pattern) && !strncmp(name, pattern, len) && name[len] == '.';
}

static int visit_object(const struct dt_mapping *map, const char *open_path, bool is_program,
			void *arg)
{
	struct visit *v = arg;
	struct pid *priv = v->prov->priv;
	struct dt_arena *arena = v->prov->probes->arena;
	struct dt_object *obj;

	if (!module_matches(v->desc->mod, map->name, is_program))
		return 0;
	v->nobjects++;
	if (dt_object_open(priv->objects, open_path, &obj) || !dt_object_is_64(obj))
		return 0; /* gone, or of an unknown calling convention */
	v->object = obj;
	v->is_loader = !is_program &&
		       (!strncmp(map->name, "ld-", 3) || !strncmp(map->name, "ld.so", 5));
	v->path = dt_arena_strdup(arena, open_path);
	v->module = dt_arena_strdup(arena, map->name);
	v->key = dt_arena_printf(arena, "%d %s", (int)v->pid, open_path);
	if (!v->path || !v->module || !v->key)
		return -ENOMEM;
	if (!strcmp(v->desc->func, NO_FUNCTION))
		return visit_address(v, obj);
	return dt_object_each_function(obj, visit_function, v);
}

/* Says why a description without globs found nothing, with D's tag for it. */
static void explain(struct dt_provider *prov, const struct visit *v)
{
	const struct dt_pdesc *d = v->desc;
	struct dt_strbuf *why = &prov->probes->why;
	uint64_t at = parse_offset(d->name);
	const char *tag = NULL;

	if (!v->nobjects) {
		tag = "D_PROC_LIB";
		dt_strbuf_printf(why, "process %d has no object called '%s'", (int)v->pid, d->mod);
	} else if (!v->nfuncs && dt_glob_is_plain(d->func)) {
		tag = "D_PROC_FUNC";
		dt_strbuf_printf(why, "failed to lookup '%s' in module '%s'", d->func, d->mod);
	} else if (v->nfuncs && at != UINT64_MAX && !strcmp(d->func, NO_FUNCTION)) {
		tag = "D_PROC_OFF";
		dt_strbuf_printf(why, "'%s' has no code at address 0x%llx", d->mod,
				 (unsigned long long)at);
	} else if (v->nfuncs && at != UINT64_MAX) {
		tag = "D_PROC_OFF";
		dt_strbuf_printf(why, "offset 0x%llx outside of function '%s'",
				 (unsigned long long)at, d->func);
	} else if (v->nunknown || v->nendless) {
		tag = "D_PROC_CREATEFAIL";
		dt_strbuf_printf(why,
				 v->nunknown
					 ? "the code of '%s' cannot be decoded to find its return"
					 : "'%s' never returns",
				 d->func);
	} else if (v->nfuncs && dt_glob_is_plain(d->name)) {
		tag = "D_PROC_NAME";
		dt_strbuf_printf(
			why, "'%s' is no probe of a function: only entry, return, and offsets are",
			d->name);
	}
	prov->probes->why_tag = tag;
}

static int count_probe(struct dt_probe *probe, void *arg)
{
	struct visit *v = arg;

	v->nprobes++;
	return v->outer(probe, v->outer_arg);
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	struct visit v = { .prov = prov,
			   .desc = desc,
			   .pid = parse_pid(desc->provider),
			   .outer = fn,
			   .outer_arg = arg };
	struct pid *priv = prov->priv;
	int err;

	if (v.pid < 0)
		return 0;
	v.fn = count_probe;
	v.arg = &v;
	if (!priv->objects)
		priv->objects = dt_objects_new();
	if (!priv->usyms && priv->objects)
		priv->usyms = dt_usyms_new(priv->objects);
	if (!priv->usyms)
		return -ENOMEM;
	err = dt_usyms_snapshot(priv->usyms, v.pid);
	if (!err)
		err = dt_usyms_each_object(priv->usyms, v.pid, visit_object, &v);
	if (err == -ENOENT || err == -ESRCH) {
		dt_strbuf_printf(&prov->probes->why, "failed to grab process %d", (int)v.pid);
		prov->probes->why_tag = "D_PROC_GRAB";
	} else if (!err && !v.nprobes) {
		explain(prov, &v);
	}
	return err == -ENOENT || err == -ESRCH ? 0 : err;
}

/* ---- code: arguments ---- */

static dt_vreg emit_return_arg(struct dt_cg *cg, const struct dt_site *site, uint32_t n)
{
	if (n == 1)
		return dt_ir_ld(&cg->ir, dt_cg_ctx(cg), dt_arch.ret, WORD);
	if (n == 0 && site->exits)
		return dt_site_emit_exit_offset(cg);
	return dt_ir_const(&cg->ir, 0);
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	const struct dt_site *site = cg->point->probes[0]->data;
	dt_vreg ctx = dt_cg_ctx(cg), sp;
	uint32_t on_stack;

	if (site->is_return)
		return emit_return_arg(cg, site, n);
	if (n < dt_arch.nfunc_args)
		return dt_ir_ld(&cg->ir, ctx, dt_arch.func_args[n], WORD);
	on_stack = n - dt_arch.nfunc_args;
	sp = dt_ir_ld(&cg->ir, ctx, dt_arch.sp, WORD);
	return dt_cg_read(cg,
			  dt_ir_bini(&cg->ir, DT_IR_ADD, sp, dt_arch.stack_args + on_stack * WORD),
			  WORD, true);
}

static uint32_t emit_caller(struct dt_cg *cg)
{
	const struct pid *priv = cg->point->provider->priv;

	return dt_site_emit_caller(cg, priv->objects);
}

const struct dt_provider_ops dt_provider_pid = {
	.name = "pid",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN) },
	.doc = "Functions of processes: entry, return, and instructions by offset.",
	.init = init,
	.free = fini,
	.answers = answers,
	.provide = provide,
	.offered = dt_offered_by_uprobes,
	.point = dt_site_point,
	.target = dt_site_target,
	.emit_find = dt_site_emit_find,
	.emit_arg = emit_arg,
	.emit_caller = emit_caller,
};
