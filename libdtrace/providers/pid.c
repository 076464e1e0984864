/* SPDX-License-Identifier: MIT */
/*
 * pid: probes in process N, named pidN, at functions of its program ("a.out" or its name) and its
 * libraries: entry, return, and any instruction by its offset in hexadecimal, or by its address in
 * the object where the function is "-".  A library may be
 * named without what follows its first dot: libc for libc.so.6.
 *
 * All probes of one object and side are one attachment, in which cookies tell them apart.  At an
 * entry arg0... are the first integer arguments.  At a return arg1 is the function's value.
 *
 * A return is caught by the kernel's trampoline, or, where that would break the process
 * (unwinding.h), at every instruction by which the function returns (exits.h).  Then arg0 is that
 * instruction's offset; at the trampoline it is 0, since there the instruction is not known.
 */
#include <ctype.h>
#include <elf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/dtrace.h>
#include "attach/uprobe.h"
#include "bpf/bpf.h"
#include "lower/hooks.h"
#include "providers/arch.h"
#include "providers/exits.h"
#include "providers/providers.h"
#include "providers/unwinding.h"
#include "symbols/symbols.h"
#include "types/types.h"

#define WORD 8 /* bytes of an argument on the stack */

struct pid {
	struct dt_objects *objects;
	struct dt_usyms *usyms;
	uint32_t nuncertain; /* exits so far for which the program at the probe decides */
};

/* probe->data */
struct site {
	const char *path; /* as this process can open it */
	const char *key;  /* of its attach point: "PID PATH" */
	uint64_t offset;  /* in the file */
	pid_t pid;
	bool is_return;
	const struct dt_exits *exits; /* of a return that is caught where the function leaves */
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
			const struct site *new_site)
{
	struct dt_arena *arena = v->prov->probes->arena;
	struct dt_probe *probe = dt_probe_make(v->prov, 0, v->desc->provider, v->module, sym->name,
					       name);
	struct site *site = probe ? probe->data : NULL;

	if (probe && !site) {
		site = dt_arena_new_obj(arena, struct site);
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
	return report_probe(v, sym, name, &(struct site){ .offset = offset });
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

/* A cookie has room for so many (below); more of them are in another attachment. */
#define MAX_UNCERTAIN     4095
#define UNCERTAIN_AT_ONCE 256

static uint32_t count_uncertain(const struct dt_exits *exits)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < exits->n; i++)
		n += !dt_exit_is_certain(&exits->list[i]);
	return n;
}

static int report_exits(struct visit *v, const struct dt_osym *sym)
{
	struct dt_arena *arena = v->prov->probes->arena;
	struct pid *priv = v->prov->priv;
	struct dt_exits *exits = dt_arena_new_obj(arena, struct dt_exits);
	int err = exits ? dt_exits_find(v->object, sym, arena, exits) : -ENOMEM;
	struct site site = { .offset = sym->offset, .is_return = true, .exits = exits };
	uint32_t n;

	if (err && err != -ENOEXEC)
		return err;
	n = err ? 0 : count_uncertain(exits);
	if (err || n > MAX_UNCERTAIN - UNCERTAIN_AT_ONCE) {
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
			    &(struct site){ .offset = sym->offset, .is_return = true });
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

static int visit_function(const struct dt_osym *sym, void *arg)
{
	struct visit *v = arg;
	uint64_t at;
	int err = 0;

	/* Skip symbols outside of the file's text, and those that only choose which function to
	 * call. */
	if (sym->offset == UINT64_MAX || sym->type == STT_GNU_IFUNC ||
	    !dt_glob(v->desc->func, sym->name))
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

/* ---- attaching ---- */

static int point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
		 const struct dt_point_use *use DT_UNUSED, struct dt_point_key *key)
{
	const struct site *site = probe->data;

	key->mech = site->is_return && !site->exits ? &dt_mech_uretprobe : &dt_mech_uprobe;
	key->key = site->key;
	return 0;
}

/*
 * The cookie of an exit: the probe's place among the point's; a number if the program has to decide
 * whether the function leaves there, else 0; and the instruction's offset in the function, which is
 * negative in cold parts that lie in front of it.
 */
#define COOKIE_UNCERTAIN_BITS 12
#define COOKIE_OFFSET_SHIFT   (DT_COOKIE_PROBE_BITS + COOKIE_UNCERTAIN_BITS)

static uint64_t exit_cookie(uint32_t place, uint32_t uncertain, const struct dt_exits *exits,
			    const struct dt_exit *exit)
{
	return place | (uint64_t)uncertain << DT_COOKIE_PROBE_BITS |
	       (exit->addr - exits->parts[0].addr) << COOKIE_OFFSET_SHIFT;
}

static size_t count_sites(struct dt_probe *const *probes, uint32_t nprobes)
{
	size_t n = 0;

	for (uint32_t i = 0; i < nprobes; i++) {
		const struct site *site = probes[i]->data;

		n += site->exits ? site->exits->n : 1;
	}
	return n;
}

static void list_sites(struct dt_probe *const *probes, uint32_t nprobes, uint64_t *offsets,
		       uint64_t *cookies)
{
	uint32_t uncertain = 0;
	size_t n = 0;

	for (uint32_t i = 0; i < nprobes; i++) {
		const struct site *site = probes[i]->data;
		const struct dt_exits *exits = site->exits;

		for (uint32_t k = 0; exits && k < exits->n; k++) {
			const struct dt_exit *exit = &exits->list[k];
			uint32_t number = dt_exit_is_certain(exit) ? 0 : ++uncertain;

			offsets[n] = exit->offset;
			cookies[n++] = exit_cookie(i, number, exits, exit);
		}
		if (!exits) {
			offsets[n] = site->offset;
			cookies[n++] = i;
		}
	}
}

static int target(struct dt_provider *prov DT_UNUSED, const struct dt_point_key *key,
		  struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		  const struct dt_target **out)
{
	const struct site *first = probes[0]->data;
	size_t n = count_sites(probes, nprobes);
	uint64_t *offsets = dt_arena_new_array(arena, uint64_t, n);
	uint64_t *cookies = dt_arena_new_array(arena, uint64_t, n);
	struct dt_uprobe_target *uprobe = dt_arena_new_obj(arena, struct dt_uprobe_target);

	if (!offsets || !cookies || !uprobe)
		return -ENOMEM;
	list_sites(probes, nprobes, offsets, cookies);
	*uprobe = (struct dt_uprobe_target){
		.target = { key->mech },
		.path = first->path,
		.offsets = offsets,
		.cookies = nprobes > 1 || first->exits ? cookies : NULL,
		.n = n,
		.pid = first->pid,
	};
	*out = &uprobe->target;
	return 0;
}

/* ---- code: which probe ---- */

static dt_vreg load_cookie(struct dt_cg *cg)
{
	return dt_ir_helper(&cg->ir, BPF_FUNC_get_attach_cookie, DT_ARGS(dt_cg_ctx(cg))); /* 5.15 */
}

struct uncertain_exit {
	const struct dt_exits *exits;
	const struct dt_exit *exit;
};

struct choice {
	struct uncertain_exit *list; /* by their numbers, from 1 on */
	dt_vreg number;
	struct dt_mem word;
	dt_label found, none;
};

static uint32_t list_uncertain(struct dt_cg *cg, struct choice *c)
{
	const struct dt_point *pt = cg->point;
	uint32_t n = 0;

	for (uint32_t i = 0; i < pt->nprobes; i++)
		n += count_uncertain(((const struct site *)pt->probes[i]->data)->exits);
	c->list = dt_arena_new_array(cg->arena, struct uncertain_exit, n + 1);
	n = 0;
	for (uint32_t i = 0; i < pt->nprobes; i++) {
		const struct dt_exits *exits = ((const struct site *)pt->probes[i]->data)->exits;

		for (uint32_t k = 0; k < exits->n; k++)
			if (!dt_exit_is_certain(&exits->list[k]))
				c->list[++n] = (struct uncertain_exit){ exits, &exits->list[k] };
	}
	return n;
}

/* Of the uncertain exits FIRST to LAST the one with the number decides; found by halving. */
static void emit_choice(struct dt_cg *cg, const struct choice *c, uint32_t first, uint32_t last)
{
	uint32_t middle = first + (last - first) / 2;
	dt_label above;

	if (first == last) {
		dt_exit_emit(cg, c->list[first].exits, c->list[first].exit, c->word, c->none);
		dt_ir_jmp(&cg->ir, c->found);
		return;
	}
	above = dt_ir_label(&cg->ir);
	dt_ir_jcci(&cg->ir, DT_IR_JUGT, c->number, middle, above);
	emit_choice(cg, c, first, middle);
	dt_ir_place(&cg->ir, above);
	emit_choice(cg, c, middle + 1, last);
}

/*
 *	cookie = bpf_get_attach_cookie(ctx);
 *	number = cookie's;
 *	if (number && that instruction does not leave the function)  goto none;
 *	probe = cookie's;
 */
static uint32_t find_exit(struct dt_cg *cg, dt_label none)
{
	dt_vreg cookie = load_cookie(cg);
	struct choice c = { .none = none };
	uint32_t n = list_uncertain(cg, &c);

	if (n) {
		c.found = dt_ir_label(&cg->ir);
		c.word = dt_cg_stack(cg, WORD);
		c.number = dt_ir_bini(&cg->ir, DT_IR_AND,
				      dt_ir_bini(&cg->ir, DT_IR_SHR, cookie, DT_COOKIE_PROBE_BITS),
				      (1 << COOKIE_UNCERTAIN_BITS) - 1);
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, c.number, 0, c.found);
		emit_choice(cg, &c, 1, n);
		dt_ir_place(&cg->ir, c.found);
	}
	return dt_ir_bini(&cg->ir, DT_IR_AND, cookie, (int64_t)DT_COOKIE_PROBE);
}

static uint32_t emit_find(struct dt_cg *cg, uint32_t none)
{
	const struct site *site = cg->point->probes[0]->data;

	if (site->exits)
		return find_exit(cg, none);
	/* The perf events of older kernels also fire when a child returns for which the trampoline
	 * was set before the fork. */
	if (site->is_return && !dt_bpf_has(cg->plan->env->bpf, DT_BPF_HAS_UPROBE_MULTI))
		dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_cg_pid(cg), site->pid, none);
	return cg->point->nprobes == 1 ? dt_ir_const(&cg->ir, 0) : load_cookie(cg);
}

/* ---- code: arguments ---- */

static dt_vreg emit_return_arg(struct dt_cg *cg, const struct site *site, uint32_t n)
{
	if (n == 1)
		return dt_ir_ld(&cg->ir, dt_cg_ctx(cg), dt_arch.ret, WORD);
	if (n == 0 && site->exits)
		return dt_ir_bini(&cg->ir, DT_IR_SAR, load_cookie(cg), COOKIE_OFFSET_SHIFT);
	return dt_ir_const(&cg->ir, 0);
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	const struct site *site = cg->point->probes[0]->data;
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

/* ---- the caller, which no frame pointer leads to ---- */

/* What the kernel does about it. */
struct walk {
	bool adds_caller; /* at an entry, for which it remembers the probed instruction */
	bool ibt;         /* ... among which is endbr64 */
};

static struct walk kernel_walk(struct dt_types *types)
{
	const struct dt_type *t = dt_types_lookup(types, NULL, DT_TAG_STRUCT, "uprobe_task");
	struct dt_btf_target f;
	struct dt_member m;

	return (struct walk){
		.adds_caller = t && dt_type_member(types, t, "auprobe", &m),
		.ibt = dt_types_function(types, NULL, "ibt_save", &f) ||
		       dt_types_function(types, NULL, "is_endbr", &f),
	};
}

static int64_t return_distance(const struct walk *walk, const struct dt_object *obj,
			       const struct dt_probe *probe)
{
	uint8_t start[DT_INSN_BYTES] = { 0 }, insn[DT_INSN_BYTES] = { 0 };
	const struct site *site = probe->data;
	uint64_t at = site->offset;

	if (site->exits)
		return 0; /* where a function leaves, the return address is on top */
	if (dt_object_read(obj, at - probe->ndx, start, sizeof(start)) < 0 ||
	    dt_object_read(obj, at, insn, sizeof(insn)) < 0 ||
	    (walk->adds_caller && dt_arch.kernel_sees_entry(insn, walk->ibt)))
		return -1;
	return dt_arch.return_distance(start, insn, probe->ndx);
}

/* The distances of the point's probes.  *ALL: they are the same. */
static int64_t *return_distances(struct dt_cg *cg, bool *all)
{
	const struct dt_point *pt = cg->point;
	const struct site *first = pt->probes[0]->data;
	const struct pid *priv = pt->provider->priv;
	struct walk walk = kernel_walk(cg->plan->env->types);
	int64_t *distances = dt_arena_new_array(cg->arena, int64_t, dt_cg_probe_table_size(pt));
	struct dt_object *obj;

	*all = true;
	if (dt_object_open(priv->objects, first->path, &obj))
		obj = NULL;
	for (uint32_t i = 0; i < pt->nprobes; i++) {
		distances[i] = obj ? return_distance(&walk, obj, pt->probes[i]) : -1;
		*all &= distances[i] == distances[0];
	}
	return distances;
}

/* The firing probe's distance. */
static dt_vreg load_distance(struct dt_cg *cg, const int64_t *distances)
{
	uint32_t n = dt_cg_probe_table_size(cg->point);
	uint32_t off = dt_cg_rodata(cg, distances, n * WORD, WORD);
	dt_vreg row = dt_ir_bini(&cg->ir, DT_IR_MUL, dt_cg_probe(cg), WORD);

	return dt_ir_ld(&cg->ir, dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_rodata_ptr(cg, off), row), 0,
			WORD);
}

/* The word MEMBER of the kernel's STRUCTURE, to which BASE points; 0: there is no such member. */
static dt_vreg follow(struct dt_cg *cg, dt_vreg base, const char *structure, const char *member)
{
	struct dt_types *types = cg->plan->env->types;
	const struct dt_type *t = dt_types_lookup(types, NULL, DT_TAG_STRUCT, structure);
	struct dt_member m;

	if (!base || !t || !dt_type_member(types, t, member, &m))
		return 0;
	return dt_ir_ld(&cg->ir, base, (int32_t)(m.offset_bits / 8), WORD);
}

#define PAGE_OFFSET_BITS 0xfff

/*
 * While a function has a return probe, the kernel's trampoline is in the place of its return
 * address:
 *
 *	r = current->utask->return_instances;
 *	if (r->stack == at)
 *		caller = r->orig_ret_vaddr;
 *
 * Where a pointer is NULL, the kernel makes its load give 0.
 */
static void see_through_trampoline(struct dt_cg *cg, dt_vreg caller, dt_vreg at)
{
	dt_label end = dt_ir_label(&cg->ir);
	size_t mark = dt_cg_enter(cg);
	dt_vreg utask, instance, stack, original;

	/* The trampoline is at the beginning of a page, a return address seldom is. */
	dt_ir_jcci(&cg->ir, DT_IR_JSET, caller, PAGE_OFFSET_BITS, end);
	utask = follow(cg, dt_cg_task(cg), "task_struct", "utask");
	instance = follow(cg, utask, "uprobe_task", "return_instances");
	stack = follow(cg, instance, "return_instance", "stack");
	original = follow(cg, instance, "return_instance", "orig_ret_vaddr");
	if (stack && original) {
		dt_ir_jcc(&cg->ir, DT_IR_JNE, stack, at, end);
		dt_ir_set(&cg->ir, caller, original);
	}
	dt_ir_place(&cg->ir, end);
	dt_cg_leave(cg, mark);
}

#define LOWEST_CODE 4096 /* what is below is not a return address: _start finds argc there */

/*
 *	caller = distance >= 0 && read_user(&word, sp + distance) == 0 ? word : 0;
 *	if (caller < LOWEST_CODE)
 *		caller = 0;
 */
static uint32_t emit_caller(struct dt_cg *cg)
{
	const struct site *site = cg->point->probes[0]->data;
	dt_label none = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);
	dt_vreg ctx = dt_cg_ctx(cg), caller = dt_ir_new(&cg->ir), distance, at;
	struct dt_mem word = dt_cg_stack(cg, WORD);
	int64_t *distances;
	bool all;

	if ((site->is_return && !site->exits) || !dt_arch.return_distance)
		return 0;
	distances = return_distances(cg, &all);
	if (all && distances[0] < 0)
		return 0;
	distance = all ? dt_ir_const(&cg->ir, distances[0]) : load_distance(cg, distances);
	if (!all)
		dt_ir_jcci(&cg->ir, DT_IR_JLT, distance, 0, none);
	at = dt_ir_bin(&cg->ir, DT_IR_ADD, dt_ir_ld(&cg->ir, ctx, dt_arch.sp, WORD), distance);
	dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_user, /* 5.5; zeroes what it cannot read */
		     DT_ARGS(dt_cg_mem_ptr(cg, word), dt_ir_const(&cg->ir, WORD), at));
	dt_ir_set(&cg->ir, caller, dt_ir_ld(&cg->ir, word.base, word.off, WORD));
	see_through_trampoline(cg, caller, at);
	dt_ir_jcci(&cg->ir, DT_IR_JUGE, caller, LOWEST_CODE, end);
	dt_ir_place(&cg->ir, none);
	dt_ir_seti(&cg->ir, caller, 0);
	dt_ir_place(&cg->ir, end);
	return caller;
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
	.point = point,
	.target = target,
	.emit_find = emit_find,
	.emit_arg = emit_arg,
	.emit_caller = emit_caller,
};
