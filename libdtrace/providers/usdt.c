/* SPDX-License-Identifier: MIT */
/*
 * usdt: the probes that programs and libraries carry for whoever traces them, as notes
 * (dt_object_notes()).  The probe NAME of provider PROVIDER in process N is
 * PROVIDERN:OBJECT:FUNCTION:NAME; a "__" in the note's name is a "-" here.  A provider field with a
 * glob, such as python*, means the processes that run now.
 *
 * PROVIDER:FILE:FUNCTION:NAME, without a process id, is the probe in all processes that use the
 * file, also those that begin later.  FILE is one that a process uses now, or a program of $PATH.
 *
 * A probe may stand at several places of a program.  At each its arguments may be elsewhere: the
 * cookie tells the place.  While a probe with a semaphore is enabled, the kernel keeps its counter
 * raised, by which the program knows that somebody wants the probe's arguments.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/dtrace.h>
#include <sys/stat.h>
#include "attach/uprobe.h"
#include "providers/arch.h"
#include "providers/operand.h"
#include "providers/providers.h"
#include "providers/site.h"
#include "symbols/symbols.h"
#include "types/types.h"

struct place {
	uint64_t offset, semaphore;      /* in the file; semaphore 0: none */
	int64_t symbol[DT_MAX_OPERANDS]; /* from the instruction to the operand's symbol */
	struct dt_operand args[DT_MAX_OPERANDS];
	size_t nargs;
};

/* probe->data */
struct usdt {
	const char *path, *key;      /* of the file; of its attach point */
	pid_t pid;                   /* 0: all processes */
	DT_VEC(struct place) places; /* in the table's arena */
	uint64_t round;              /* of provide() that last reported the probe */
	bool is_one_of_many;         /* a glob found its process */
};

/* prov->priv */
struct state {
	uint64_t round;
};

static int init(struct dt_provider *prov)
{
	prov->priv = calloc(1, sizeof(struct state));
	return prov->priv ? 0 : -ENOMEM;
}

static void fini(struct dt_provider *prov)
{
	free(prov->priv);
}

/* ---- the provider's field ---- */

/* Whether TEXT is the digits of a process id, all of it. */
static bool is_pid(const char *text)
{
	size_t len = strspn(text, "0123456789");

	return len > 0 && len < 10 && !text[len] && text[0] != '0';
}

static bool is_other_provider(const char *name)
{
	for (size_t i = 0; i < dt_nproviders; i++)
		if (strcmp(dt_providers[i]->name, name) == 0)
			return true;
	return !strncmp(name, "pid", 3) && is_pid(name + 3);
}

/* A name that no other provider has, or a glob that begins with a letter: nobody asks for the
 * probes of all processes by leaving the field empty. */
static bool answers(const char *pattern)
{
	if (!isalpha((unsigned char)*pattern) && *pattern != '_')
		return false;
	return !is_other_provider(pattern);
}

/* ---- making probes ---- */

struct visit {
	struct dt_provider *prov;
	const struct dt_pdesc *desc;
	dt_probe_fn fn;
	void *arg;
	pid_t pid; /* 0: all processes */
	uint64_t round;
	uint32_t nproviders, nprobes; /* that matched so far */
	const char *path, *key, *module;
	struct dt_object *object;
};

/* function__entry -> function-entry */
static const char *probe_name(struct dt_arena *arena, const char *name)
{
	char *copy = dt_arena_strdup(arena, name), *to = copy;

	for (const char *p = copy; p && *p; p++) {
		bool is_dash = p[0] == '_' && p[1] == '_';

		*to++ = is_dash ? '-' : *p;
		p += is_dash;
	}
	if (copy)
		*to = 0;
	return copy;
}

/* The function that contains the probe; "" where the file does not say. */
static const char *function_of(struct visit *v, const struct dt_note *note)
{
	struct dt_osym sym;

	return dt_object_addr(v->object, note->addr, &sym) ? sym.name : "";
}

static void read_place(struct dt_object *obj, const struct dt_note *note, struct place *out)
{
	out->offset = dt_object_addr_to_offset(obj, note->addr);
	out->semaphore = note->semaphore ? dt_object_addr_to_offset(obj, note->semaphore) : 0;
	out->nargs = dt_operands_parse(note->args, out->args);
	for (size_t i = 0; i < out->nargs; i++) {
		struct dt_operand *op = &out->args[i];
		_cleanup_free_ char *name = op->symbol ? strndup(op->symbol, op->symbol_len) : NULL;
		struct dt_osym sym;

		if (!op->symbol)
			continue;
		if (name && dt_object_name(obj, name, &sym))
			out->symbol[i] = (int64_t)(sym.addr - note->addr);
		else
			op->kind = DT_OPERAND_UNKNOWN;
	}
}

static int add_place(struct visit *v, struct usdt *usdt, const struct dt_note *note)
{
	struct place place = { 0 };

	read_place(v->object, note, &place);
	if (place.offset == UINT64_MAX || place.semaphore == UINT64_MAX)
		return 0; /* spoilt */
	dt_vec_each(&usdt->places, p) if (p->offset == place.offset) return 0;
	return dt_vec_push_arena(v->prov->probes->arena, &usdt->places, place) ? 0 : -ENOMEM;
}

static struct usdt *data_of(struct visit *v, struct dt_probe *probe)
{
	struct usdt *usdt = probe->data;

	if (!usdt) {
		usdt = dt_arena_new_obj(v->prov->probes->arena, struct usdt);
		if (usdt)
			*usdt = (struct usdt){ .path = v->path, .key = v->key, .pid = v->pid };
		probe->data = usdt;
	}
	return usdt;
}

static int report(struct visit *v, const char *provider, const struct dt_note *note,
		  const char *function, const char *name)
{
	struct dt_probe *probe = dt_probe_make(v->prov, 0, provider, v->module, function, name);
	struct usdt *usdt = probe ? data_of(v, probe) : NULL;
	int err = usdt ? add_place(v, usdt, note) : -ENOMEM;

	if (err || !usdt->places.n || usdt->round == v->round)
		return err;
	usdt->round = v->round;
	usdt->is_one_of_many = !dt_glob_is_plain(v->desc->provider);
	v->nprobes++;
	return v->fn(probe, v->arg);
}

static int visit_note(struct visit *v, const struct dt_note *note)
{
	struct dt_arena *arena = v->prov->probes->arena;
	const char *provider = v->pid ? dt_arena_printf(arena, "%s%d", note->provider, (int)v->pid)
				      : dt_arena_strdup(arena, note->provider);
	const char *name, *function;

	if (!provider)
		return -ENOMEM;
	if (!dt_glob(v->desc->provider, provider))
		return 0;
	v->nproviders++;
	name = probe_name(arena, note->name);
	if (!name)
		return -ENOMEM;
	if (!dt_glob(v->desc->name, name))
		return 0;
	function = function_of(v, note);
	if (!dt_glob(v->desc->func, function))
		return 0;
	return report(v, provider, note, function, name);
}

static bool module_matches(const char *pattern, const char *name, bool is_program)
{
	return dt_glob(pattern, name) || (is_program && dt_glob(pattern, "a.out"));
}

/* The probes of the file that PATH opens. */
static int visit_file(struct visit *v, const char *path, const char *module)
{
	struct dt_arena *arena = v->prov->probes->arena;
	const struct dt_note *notes;
	size_t n;
	int err = 0;

	if (dt_object_open(v->prov->env->objects, path, &v->object) ||
	    dt_object_notes(v->object, &notes, &n) || !n)
		return 0;
	v->path = dt_arena_strdup(arena, path);
	v->module = dt_arena_strdup(arena, module);
	v->key = dt_arena_printf(arena, "%d %s", (int)v->pid, path);
	if (!v->path || !v->module || !v->key)
		return -ENOMEM;
	for (size_t i = 0; !err && i < n; i++)
		err = visit_note(v, &notes[i]);
	return err;
}

static int visit_object(const struct dt_mapping *map, const char *open_path, bool is_program,
			void *arg)
{
	struct visit *v = arg;

	return module_matches(v->desc->mod, map->name, is_program)
		       ? visit_file(v, open_path, map->name)
		       : 0;
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* For all processes: the file by its own name, which outlives this one.  The probe's module is that
 * name, since there may be several files with one base name. */
static int visit_shared(const struct dt_mapping *map, const char *open_path, bool is_program,
			void *arg)
{
	struct visit *v = arg;
	const char *path = is_same_file(map->path, open_path) ? map->path : open_path;

	return module_matches(v->desc->mod, map->name, is_program) || dt_glob(v->desc->mod, path)
		       ? visit_file(v, path, path)
		       : 0;
}

/* Calls FN for the files of a process.  One that has ended meanwhile has none. */
static int visit_process(struct visit *v, pid_t pid, dt_uobject_fn *fn)
{
	struct dt_usyms *usyms = v->prov->env->usyms;
	int err = dt_usyms_snapshot(usyms, pid);

	v->pid = fn == visit_shared ? 0 : pid;
	if (!err)
		err = dt_usyms_each_object(usyms, pid, fn, v);
	return err == -ENOENT || err == -ESRCH || err == -EACCES || err == -EPERM ? 0 : err;
}

static int visit_processes(struct visit *v, dt_uobject_fn *fn)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	int err = 0;

	if (!dir)
		return -errno;
	while (!err && (entry = readdir(dir)) != NULL)
		if (is_pid(entry->d_name))
			err = visit_process(v, atoi(entry->d_name), fn);
	closedir(dir);
	return err;
}

/* "mysql81234" may be process 1234 of mysql8, or 81234 of mysql: whichever there is. */
static int visit_named(struct visit *v)
{
	const char *text = v->desc->provider, *digits = text + strlen(text);
	int err = 0;

	while (digits > text + 1 && isdigit((unsigned char)digits[-1]))
		digits--;
	for (; !err && *digits; digits++)
		if (is_pid(digits))
			err = visit_process(v, atoi(digits), visit_object);
	return err;
}

/* The program of $PATH that the module's field names. */
static int visit_program(struct visit *v)
{
	const char *dir = getenv("PATH"), *end;
	char path[PATH_MAX];
	int err = 0;

	for (; !err && !v->nprobes && dir && *dir; dir = *end ? end + 1 : end) {
		end = dir + strcspn(dir, ":");
		if ((size_t)snprintf(path, sizeof(path), "%.*s/%s", (int)(end - dir), dir,
				     v->desc->mod) < sizeof(path))
			err = visit_file(v, path, path);
	}
	return err;
}

static int visit_all(struct visit *v)
{
	int err = visit_processes(v, visit_shared);

	v->pid = 0;
	return !err && !v->nprobes && dt_glob_is_plain(v->desc->mod) ? visit_program(v) : err;
}

static int provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn, void *arg)
{
	struct state *state = prov->priv;
	struct visit v = { prov, desc, fn, arg, .round = ++state->round };
	bool is_plain = dt_glob_is_plain(desc->provider);
	size_t len = strlen(desc->provider);
	int err;

	if (!answers(desc->provider))
		return 0;
	err = is_plain ? visit_named(&v) : visit_processes(&v, visit_object);
	if (!err && is_plain && !v.nproviders)
		err = visit_all(&v);
	if (!err && is_plain && !v.nproviders && isdigit((unsigned char)desc->provider[len - 1]) &&
	    !prov->probes->why.len)
		dt_strbuf_printf(&prov->probes->why,
				 "no process carries the probes of a provider \"%s\": its name is "
				 "that in the program's notes with the process id behind it",
				 desc->provider);
	return err;
}

/* As the first place of the probe has them. */
static int args(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out)
{
	const struct usdt *usdt = probe->data;
	const struct place *first = &usdt->places.data[0];

	*out = (struct dt_args){ .n = (uint32_t)first->nargs };
	for (uint32_t i = 0; i < out->n; i++)
		out->arg[i] = (struct dt_arg){
			.type = dt_type_int(prov->env->types, first->args[i].size,
					    first->args[i].is_signed),
			.argn = (uint8_t)i,
		};
	return 0;
}

/* ---- attaching ---- */

static int point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
		 struct dt_point_key *key)
{
	const struct usdt *usdt = probe->data;

	key->mech = &dt_mech_uprobe;
	key->key = usdt->key;
	return 0;
}

static size_t count_places(struct dt_probe *const *probes, uint32_t nprobes)
{
	size_t n = 0;

	for (uint32_t i = 0; i < nprobes; i++)
		n += ((const struct usdt *)probes[i]->data)->places.n;
	return n;
}

/* All places of a point have numbers, in the order of its probes. */
static int target(struct dt_provider *prov DT_UNUSED, const struct dt_point_key *key,
		  struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		  const struct dt_target **out)
{
	const struct usdt *first = probes[0]->data;
	size_t n = count_places(probes, nprobes), number = 0;
	uint64_t *offsets = dt_arena_new_array(arena, uint64_t, n);
	uint64_t *cookies = dt_arena_new_array(arena, uint64_t, n);
	uint64_t *semaphores = dt_arena_new_array(arena, uint64_t, n);
	struct dt_uprobe_target *uprobe = dt_arena_new_obj(arena, struct dt_uprobe_target);

	if (!offsets || !cookies || !semaphores || !uprobe)
		return -ENOMEM;
	for (uint32_t i = 0; i < nprobes; i++) {
		const struct usdt *usdt = probes[i]->data;

		dt_vec_each(&usdt->places, place)
		{
			offsets[number] = place->offset;
			semaphores[number] = place->semaphore;
			cookies[number] = i | (uint64_t)number << DT_COOKIE_PROBE_BITS;
			number++;
		}
	}
	*uprobe = (struct dt_uprobe_target){
		.target = { key->mech },
		.path = first->path,
		.offsets = offsets,
		.cookies = n > 1 ? cookies : NULL,
		.ref_ctr_offsets = semaphores,
		.n = n,
		.pid = first->pid,
		.may_have_ended = first->is_one_of_many,
	};
	*out = &uprobe->target;
	return 0;
}

/* ---- code ---- */

static uint32_t emit_find(struct dt_cg *cg, uint32_t none DT_UNUSED)
{
	if (cg->point->nprobes == 1)
		return dt_ir_const(&cg->ir, 0);
	return dt_ir_bini(&cg->ir, DT_IR_AND, dt_site_emit_cookie(cg), (int64_t)DT_COOKIE_PROBE);
}

static dt_vreg emit_address(struct dt_cg *cg, const struct dt_operand *op, int64_t symbol)
{
	dt_vreg ctx = dt_cg_ctx(cg), addr = dt_ir_const(&cg->ir, op->disp), part;

	if (op->symbol) {
		part = dt_ir_ld(&cg->ir, ctx, dt_arch.ip, 8);
		addr = dt_ir_bini(&cg->ir, DT_IR_ADD, part, symbol + op->disp);
	}
	if (op->base >= 0) {
		part = dt_ir_ld(&cg->ir, ctx, dt_arch.registers[op->base], 8);
		addr = dt_ir_bin(&cg->ir, DT_IR_ADD, addr, part);
	}
	if (op->index >= 0) {
		part = dt_ir_ld(&cg->ir, ctx, dt_arch.registers[op->index], 8);
		part = dt_ir_bini(&cg->ir, DT_IR_MUL, part, op->scale);
		addr = dt_ir_bin(&cg->ir, DT_IR_ADD, addr, part);
	}
	return addr;
}

static dt_vreg emit_operand(struct dt_cg *cg, const struct dt_operand *op, int64_t symbol)
{
	dt_vreg value;

	switch (op->kind) {
	case DT_OPERAND_CONSTANT: return dt_ir_const(&cg->ir, op->disp);
	case DT_OPERAND_REGISTER:
		value = dt_ir_ld(&cg->ir, dt_cg_ctx(cg), dt_arch.registers[op->base], 8);
		if (op->shift)
			value = dt_ir_bini(&cg->ir, DT_IR_SHR, value, op->shift);
		break;
	case DT_OPERAND_MEMORY:
		value = dt_cg_read(cg, emit_address(cg, op, symbol), op->size, true);
		break;
	default: dt_cg_fault(cg, DTRACEFLT_ILLOP, 0); return dt_ir_const(&cg->ir, 0);
	}
	return dt_ir_ext(&cg->ir, value, op->size, op->is_signed);
}

/* An argument, and the places that may fire, by their numbers. */
struct choice {
	const struct place **places;
	uint32_t n;            /* of the argument */
	dt_vreg number, value; /* of the place that fires; of its argument */
	dt_label end;
};

static bool is_alike(const struct choice *c, uint32_t a, uint32_t b)
{
	const struct place *x = c->places[a], *y = c->places[b];

	if (c->n >= x->nargs || c->n >= y->nargs)
		return x->nargs == y->nargs;
	return x->symbol[c->n] == y->symbol[c->n] &&
	       dt_operand_equal(&x->args[c->n], &y->args[c->n]);
}

static bool are_alike(const struct choice *c, uint32_t first, uint32_t last)
{
	for (uint32_t i = first + 1; i <= last; i++)
		if (!is_alike(c, first, i))
			return false;
	return true;
}

/* Of the places FIRST to LAST the one with the number has it; found by halving. */
static void emit_choice(struct dt_cg *cg, const struct choice *c, uint32_t first, uint32_t last)
{
	uint32_t middle = first + (last - first) / 2;
	const struct place *place = c->places[first];
	dt_label above;
	size_t mark;

	if (are_alike(c, first, last)) {
		mark = dt_cg_enter(cg);
		dt_ir_set(&cg->ir, c->value,
			  c->n < place->nargs
				  ? emit_operand(cg, &place->args[c->n], place->symbol[c->n])
				  : dt_ir_const(&cg->ir, 0));
		dt_cg_leave(cg, mark);
		dt_ir_jmp(&cg->ir, c->end);
		return;
	}
	above = dt_ir_label(&cg->ir);
	dt_ir_jcci(&cg->ir, DT_IR_JUGT, c->number, middle, above);
	emit_choice(cg, c, first, middle);
	dt_ir_place(&cg->ir, above);
	emit_choice(cg, c, middle + 1, last);
}

static uint32_t emit_arg(struct dt_cg *cg, uint32_t n)
{
	const struct dt_point *pt = cg->point;
	uint32_t nplaces = (uint32_t)count_places(pt->probes, pt->nprobes), at = 0;
	struct choice c = {
		.places = dt_arena_new_array(cg->arena, const struct place *, nplaces),
		.n = n,
		.value = dt_ir_new(&cg->ir),
		.end = dt_ir_label(&cg->ir),
	};

	for (uint32_t i = 0; i < pt->nprobes; i++) {
		const struct usdt *usdt = pt->probes[i]->data;

		dt_vec_each(&usdt->places, place) c.places[at++] = place;
	}
	if (!are_alike(&c, 0, nplaces - 1))
		c.number = dt_ir_bini(&cg->ir, DT_IR_SHR, dt_site_emit_cookie(cg),
				      DT_COOKIE_PROBE_BITS);
	emit_choice(cg, &c, 0, nplaces - 1);
	dt_ir_place(&cg->ir, c.end);
	return c.value;
}

const struct dt_provider_ops dt_provider_usdt = {
	.name = "usdt",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(EVOLVING, EVOLVING, ISA) },
	.doc = "Probes that programs carry in their notes: PROVIDERN of process N, PROVIDER of "
	       "all.",
	.init = init,
	.free = fini,
	.answers = answers,
	.provide = provide,
	.offered = dt_offered_by_uprobes,
	.args = args,
	.point = point,
	.target = target,
	.emit_find = emit_find,
	.emit_arg = emit_arg,
};
