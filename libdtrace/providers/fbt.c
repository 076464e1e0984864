/* SPDX-License-Identifier: MIT */
/*
 * fbt: entry and return of the kernel's functions, as fbt:MODULE:FUNCTION:entry, with the types
 * that BTF gives their arguments.  All entries of a script are one attachment, and so are all
 * returns; cookies tell the functions apart.
 *
 * At an entry argN is the function's argument, at a return arg1 is its value; both are cut and
 * extended by their types, since registers hold anything above them.  arg0 of a return is 0: which
 * instruction returned is not known.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/dtrace.h>
#include "attach/kprobe.h"
#include "bpf/bpf.h"
#include "bpf/feature.h"
#include "lower/hooks.h"
#include "providers/arch.h"
#include "providers/providers.h"
#include "providers/site.h"
#include "symbols/symbols.h"
#include "types/types.h"

#define WORD 8 /* bytes of an argument on the stack */

/* probe->data */
struct function {
	bool is_return;
	DT_VEC(uint64_t) addrs; /* static functions may share a name; in the table's arena */
};

static void fini(struct dt_provider *prov)
{
	dt_traceable_free(prov->priv);
}

/* ---- making probes ---- */

struct visit {
	struct dt_provider *prov;
	const struct dt_pdesc *desc;
	dt_probe_fn fn;
	void *arg;
	const char *skipped; /* the last function that matches and cannot be traced */
};

static bool can_probe(struct dt_provider *prov)
{
	return dt_bpf_has(prov->env->bpf, DT_BPF_HAS_KPROBE);
}

/* Without the list, the kernel says when probes are attached which it refuses. */
static bool is_traceable(struct dt_provider *prov, const char *name)
{
	if (!prov->priv)
		prov->priv = dt_traceable_new();
	return !prov->priv || !dt_traceable_is_known(prov->priv) ||
	       dt_traceable_has(prov->priv, name);
}

static struct function *data_of(struct dt_probe *probe, bool is_return)
{
	struct function *f = probe->data;

	if (!f) {
		f = dt_arena_new_obj(probe->provider->probes->arena, struct function);
		if (f)
			*f = (struct function){ .is_return = is_return };
		probe->data = f;
	}
	return f;
}

static int add_addr(struct dt_probe *probe, struct function *f, uint64_t addr)
{
	dt_vec_each(&f->addrs, known) if (*known == addr) return 0;
	return dt_vec_push_arena(probe->provider->probes->arena, &f->addrs, addr) ? 0 : -ENOMEM;
}

static int report(struct visit *v, const struct dt_ksym *sym, const char *name)
{
	struct dt_probe *probe;
	struct function *f;
	bool is_new;
	int err;

	if (!dt_glob(v->desc->name, name))
		return 0;
	probe = dt_probe_make(v->prov, 0, "fbt", sym->module, sym->name, name);
	f = probe ? data_of(probe, !strcmp(name, "return")) : NULL;
	if (!f)
		return -ENOMEM;
	is_new = !f->addrs.n || f->addrs.data[0] == sym->addr;
	err = add_addr(probe, f, sym->addr);
	/* Once for all functions of that name. */
	return err || !is_new ? err : v->fn(probe, v->arg);
}

static int visit_symbol(const struct dt_ksym *sym, void *arg)
{
	struct visit *v = arg;
	int err;

	/* Modules "bpf" and "__builtin__..." are code that the kernel makes while it runs. */
	if (!dt_ksym_is_func(sym) || !dt_glob(v->desc->func, sym->name) ||
	    !dt_glob(v->desc->mod, sym->module) || !strcmp(sym->module, "bpf") ||
	    sym->module[0] == '_')
		return 0;
	if (!is_traceable(v->prov, sym->name)) {
		v->skipped = sym->name;
		return 0;
	}
	err = report(v, sym, "entry");
	return err ? err : report(v, sym, "return");
}

/* A name that a compiler has put behind the function's own: vfs_read.constprop.0, for example. */
static int find_relative(const struct dt_ksym *sym, void *arg)
{
	struct visit *v = arg;
	size_t len = strlen(v->desc->func);

	if (!dt_ksym_is_func(sym) || strncmp(sym->name, v->desc->func, len) ||
	    sym->name[len] != '.' || !is_traceable(v->prov, sym->name))
		return 0;
	v->skipped = sym->name;
	return 1;
}

static void explain(struct visit *v)
{
	struct dt_strbuf *why = &v->prov->probes->why;
	const char *func = v->desc->func;

	if (!dt_glob_is_plain(func) || why->len)
		return;
	if (v->skipped)
		dt_strbuf_printf(why, "the kernel does not let its function '%s' be traced", func);
	else if (dt_ksyms_each(v->prov->env->ksyms, NULL, find_relative, v) == 1)
		dt_strbuf_printf(why, "the compiler has changed '%s': trace '%s'", func,
				 v->skipped);
	else
		dt_strbuf_printf(why,
				 "the kernel has no function '%s': it may have been inlined into "
				 "its callers",
				 func);
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	struct visit v = { prov, desc, fn, arg, NULL };
	struct dt_ksym sym;
	int err;

	if (!dt_glob(desc->name, "entry") && !dt_glob(desc->name, "return"))
		return 0;
	if (!can_probe(prov)) {
		if (dt_glob_is_plain(desc->provider))
			dt_strbuf_puts(
				&prov->probes->why,
				"this kernel was built without kprobes: its functions cannot "
				"be probed");
		return 0;
	}
	/* Who names no provider means probes of other providers, too: no list for a wrong name. */
	if (dt_glob_is_plain(desc->func) &&
	    !dt_ksyms_name(prov->env->ksyms, NULL, desc->func, &sym))
		err = 0;
	else
		err = dt_ksyms_each(prov->env->ksyms, NULL, visit_symbol, &v);
	if (!err && dt_glob_is_plain(desc->provider))
		explain(&v);
	return err;
}

/* ---- types ---- */

static const struct dt_type *proto_of(const struct dt_env *env, const struct dt_probe *probe)
{
	struct dt_btf_target btf;

	return dt_types_function(env->types, probe->mod, probe->func, &btf) ? btf.proto : NULL;
}

/* Of argument N; NULL: not known. */
static const struct dt_type *type_of(const struct dt_env *env, const struct dt_probe *probe,
				     uint32_t n)
{
	const struct function *f = probe->data;
	const struct dt_type *proto = proto_of(env, probe);
	const struct dt_param *params;
	size_t nparams;

	if (!proto)
		return NULL;
	if (f->is_return)
		return n == 1 ? proto->base : NULL;
	params = dt_type_params(env->types, proto, &nparams);
	return n < nparams ? params[n].type : NULL;
}

static int args_of_return(struct dt_provider *prov, const struct dt_probe *probe,
			  struct dt_args *out)
{
	struct dt_types *types = prov->env->types;
	const struct dt_type *value = type_of(prov->env, probe, 1);

	out->arg[0] = (struct dt_arg){ .type = dt_type_base(types, DT_B_LONG), .argn = 0 };
	out->n = 1;
	if (value && !dt_type_is_void(value))
		out->arg[out->n++] = (struct dt_arg){ .type = value, .argn = 1 };
	return 0;
}

static int args(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out)
{
	const struct function *f = probe->data;
	const struct dt_type *proto = proto_of(prov->env, probe);
	const struct dt_param *params;
	size_t n = 0;

	*out = (struct dt_args){ 0 };
	if (f->is_return)
		return args_of_return(prov, probe, out);
	params = proto ? dt_type_params(prov->env->types, proto, &n) : NULL;
	for (size_t i = 0; i < n && i < DT_MAX_ARGS; i++)
		out->arg[out->n++] = (struct dt_arg){ .type = params[i].type,
						      .name = params[i].name,
						      .argn = (uint8_t)i };
	return 0;
}

/* ---- attaching ---- */

static int point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
		 struct dt_point_key *key)
{
	const struct function *f = probe->data;

	key->mech = f->is_return ? &dt_mech_kretprobe : &dt_mech_kprobe;
	key->key = probe->name;
	return 0;
}

static int target(struct dt_provider *prov DT_UNUSED, const struct dt_point_key *key,
		  struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		  const struct dt_target **out)
{
	struct dt_kprobe_target *kprobe = dt_arena_new_obj(arena, struct dt_kprobe_target);
	uint64_t *addrs, *cookies;
	size_t n = 0;

	for (uint32_t i = 0; i < nprobes; i++)
		n += ((const struct function *)probes[i]->data)->addrs.n;
	addrs = dt_arena_new_array(arena, uint64_t, n);
	cookies = dt_arena_new_array(arena, uint64_t, n);
	if (!kprobe || !addrs || !cookies)
		return -ENOMEM;
	n = 0;
	for (uint32_t i = 0; i < nprobes; i++) {
		const struct function *f = probes[i]->data;

		dt_vec_each(&f->addrs, addr)
		{
			addrs[n] = *addr;
			cookies[n++] = i;
		}
	}
	*kprobe = (struct dt_kprobe_target){ { key->mech }, addrs, cookies, n };
	*out = &kprobe->target;
	return 0;
}

/* ---- code ---- */

static uint32_t emit_find(struct dt_cg *cg, uint32_t none DT_UNUSED)
{
	return cg->point->nprobes == 1 ? dt_ir_const(&cg->ir, 0) : dt_site_emit_cookie(cg);
}

/* How a register becomes argument N of a probe: shifted up and down again by so many bits. */
enum { SIGNED = 64 };

static uint64_t cut_of(const struct dt_env *env, const struct dt_probe *probe, uint32_t n)
{
	const struct dt_type *type = type_of(env, probe, n);
	uint64_t size = type && dt_type_is_integer(type) ? dt_type_size(env->types, type) : WORD;

	if (size != 1 && size != 2 && size != 4)
		return 0;
	return (WORD - size) * 8 + (dt_type_is_signed(type) ? SIGNED : 0);
}

static dt_vreg emit_known_cut(struct dt_cg *cg, dt_vreg value, uint64_t cut)
{
	unsigned width = WORD - (unsigned)(cut & (SIGNED - 1)) / 8;

	return dt_ir_ext(&cg->ir, value, width, cut & SIGNED);
}

/* The cut of the firing probe comes from a table. */
static dt_vreg emit_cut(struct dt_cg *cg, dt_vreg value, const uint64_t *cuts)
{
	uint32_t n = dt_cg_probe_table_size(cg->point);
	uint32_t off = dt_cg_rodata(cg, cuts, n * WORD, WORD);
	dt_vreg row = dt_ir_bini(&cg->ir, DT_IR_MUL, dt_cg_probe(cg), WORD);
	dt_vreg cut = dt_ir_ld(&cg->ir,
			       dt_ir_bin(&cg->ir, DT_IR_ADD, dt_cg_rodata_ptr(cg, off), row), 0,
			       WORD);
	dt_vreg bits = dt_ir_bini(&cg->ir, DT_IR_AND, cut, SIGNED - 1);
	dt_vreg up = dt_ir_bin(&cg->ir, DT_IR_SHL, value, bits), result = dt_ir_new(&cg->ir);
	dt_label is_signed = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JSET, cut, SIGNED, is_signed);
	dt_ir_set(&cg->ir, result, dt_ir_bin(&cg->ir, DT_IR_SHR, up, bits));
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, is_signed);
	dt_ir_set(&cg->ir, result, dt_ir_bin(&cg->ir, DT_IR_SAR, up, bits));
	dt_ir_place(&cg->ir, end);
	return result;
}

static dt_vreg cut_to_type(struct dt_cg *cg, dt_vreg value, uint32_t n)
{
	const struct dt_point *pt = cg->point;
	uint64_t *cuts = dt_arena_new_array(cg->arena, uint64_t, dt_cg_probe_table_size(pt));
	bool all = true;

	for (uint32_t i = 0; i < pt->nprobes; i++) {
		cuts[i] = cut_of(cg->plan->env, pt->probes[i], n);
		all &= cuts[i] == cuts[0];
	}
	return all ? emit_known_cut(cg, value, cuts[0]) : emit_cut(cg, value, cuts);
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	const struct function *f = cg->point->probes[0]->data;
	dt_vreg ctx = dt_cg_ctx(cg), sp;

	if (f->is_return)
		return n == 1 ? cut_to_type(cg, dt_ir_ld(&cg->ir, ctx, dt_arch.ret, WORD), 1)
			      : dt_ir_const(&cg->ir, 0);
	if (n < dt_arch.nfunc_args)
		return cut_to_type(cg, dt_ir_ld(&cg->ir, ctx, dt_arch.func_args[n], WORD), n);
	sp = dt_ir_ld(&cg->ir, ctx, dt_arch.sp, WORD);
	n -= dt_arch.nfunc_args;
	return dt_cg_read(cg, dt_ir_bini(&cg->ir, DT_IR_ADD, sp, dt_arch.stack_args + n * WORD),
			  WORD, false);
}

const struct dt_provider_ops dt_provider_fbt = {
	.name = "fbt",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, COMMON), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, ISA), DT_ATTR(EVOLVING, EVOLVING, COMMON),
		  DT_ATTR(PRIVATE, PRIVATE, ISA) },
	.doc = "Entry and return of the kernel's functions.",
	.free = fini,
	.provide = provide,
	.offered = dt_offered_by_kprobes,
	.args = args,
	.point = point,
	.target = target,
	.emit_find = emit_find,
	.emit_arg = emit_arg,
};
