/* SPDX-License-Identifier: MIT */
/* The attachment of sites (site.h), and the code that finds the probe that fired among them. */
#include "providers/site.h"
#include <errno.h>
#include <linux/bpf.h>
#include "attach/uprobe.h"
#include "bpf/bpf.h"

#define WORD 8

uint32_t dt_exits_count_uncertain(const struct dt_exits *exits)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < exits->n; i++)
		n += !dt_exit_is_certain(&exits->list[i]);
	return n;
}

/* ---- attaching ---- */

int dt_site_point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
		  struct dt_point_key *key)
{
	const struct dt_site *site = probe->data;

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
		const struct dt_site *site = probes[i]->data;

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
		const struct dt_site *site = probes[i]->data;
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

int dt_site_target(struct dt_provider *prov DT_UNUSED, const struct dt_point_key *key,
		   struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		   const struct dt_target **out)
{
	const struct dt_site *first = probes[0]->data;
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

dt_vreg dt_site_emit_cookie(struct dt_cg *cg)
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
		n += dt_exits_count_uncertain(((const struct dt_site *)pt->probes[i]->data)->exits);
	c->list = dt_arena_new_array(cg->arena, struct uncertain_exit, n + 1);
	n = 0;
	for (uint32_t i = 0; i < pt->nprobes; i++) {
		const struct dt_exits *exits = ((const struct dt_site *)pt->probes[i]->data)->exits;

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
	dt_vreg cookie = dt_site_emit_cookie(cg);
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

uint32_t dt_site_emit_find(struct dt_cg *cg, uint32_t none)
{
	const struct dt_site *site = cg->point->probes[0]->data;

	if (site->exits)
		return find_exit(cg, none);
	/* The perf events of older kernels also fire when a child returns for which the trampoline
	 * was set before the fork. */
	if (site->is_return && !dt_bpf_has(cg->plan->env->bpf, DT_BPF_HAS_UPROBE_MULTI))
		dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_cg_pid(cg), site->pid, none);
	return cg->point->nprobes == 1 ? dt_ir_const(&cg->ir, 0) : dt_site_emit_cookie(cg);
}

dt_vreg dt_site_emit_exit_offset(struct dt_cg *cg)
{
	return dt_ir_bini(&cg->ir, DT_IR_SAR, dt_site_emit_cookie(cg), COOKIE_OFFSET_SHIFT);
}
