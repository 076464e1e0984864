/* SPDX-License-Identifier: MIT */
/*
 * What the rows of event providers write their code with: the tracepoint's arguments, members of
 * the kernel's structures, and system calls (event.h).
 */
#include <linux/bpf.h>
#include <string.h>
#include "providers/arch.h"
#include "providers/event.h"
#include "types/types.h"

dt_vreg dt_event_one(struct dt_cg *cg)
{
	return dt_ir_const(&cg->ir, 1);
}

const struct dt_event_arg dt_event_by_one[] = { { .type = "long", .emit = dt_event_one }, { 0 } };

dt_vreg dt_event_word(struct dt_cg *cg, uint32_t n)
{
	return dt_ir_ld(&cg->ir, dt_cg_ctx(cg), (int32_t)n * 8, 8);
}

/* The kernel passes every argument as 64 bits, but zero-extends those that are narrower. */
dt_vreg dt_event_typed_word(struct dt_cg *cg, uint32_t n, const struct dt_type *type)
{
	uint64_t size = dt_type_size(cg->plan->env->types, type);
	dt_vreg value = dt_event_word(cg, n);

	if (!dt_type_is_integer(type) || (size != 1 && size != 2 && size != 4))
		return value;
	return dt_ir_ext(&cg->ir, value, (unsigned)size, dt_type_is_signed(type));
}

static const char *tracepoint(const struct dt_cg *cg)
{
	return cg->point->probes[0]->func;
}

bool dt_event_has_words(const struct dt_cg *cg, uint32_t n)
{
	struct dt_types *types = cg->plan->env->types;
	struct dt_btf_target btf;
	size_t nparams = 0;

	if (dt_types_tracepoint(types, NULL, tracepoint(cg), &btf) && btf.proto)
		dt_type_params(types, btf.proto, &nparams);
	return nparams >= n;
}

/* ---- the kernel's structures ---- */

bool dt_event_has_member(const struct dt_cg *cg, const char *structure, const char *member)
{
	struct dt_types *types = cg->plan->env->types;
	const struct dt_type *t = dt_types_lookup(types, NULL, DT_TAG_STRUCT, structure);
	struct dt_member m;

	return t && dt_type_member(types, t, member, &m);
}

dt_vreg dt_event_peek(struct dt_cg *cg, dt_vreg address, const char *structure,
		      const char *const *path)
{
	uint32_t size, off = dt_cg_field(cg, structure, path, &size);
	dt_vreg at = dt_ir_un(&cg->ir, DT_IR_NUM, address);

	return dt_cg_peek(cg, dt_ir_bini(&cg->ir, DT_IR_ADD, at, off), dt_cg_width(size));
}

dt_vreg dt_event_current(struct dt_cg *cg)
{
	return dt_cg_is_current(cg)
		       ? dt_cg_task(cg)
		       : dt_ir_helper_pure(&cg->ir, BPF_FUNC_get_current_task_btf, 0, NULL);
}

/* ---- system calls ---- */

/* sys_enter(regs, number), sys_exit(regs, result) */
enum { REGS, NUMBER };

#define NO_CALL (-1)

static int64_t native_number(const char *call)
{
	uint32_t number = dt_sysent_number(call);

	return number == dt_arch.nsyscalls ? NO_CALL : (int64_t)number;
}

static int64_t compat_number(const char *call)
{
	for (const struct dt_compat_call *c = dt_arch.compat_calls; c && c->name; c++)
		if (!strcmp(c->name, call))
			return c->number;
	return NO_CALL;
}

static dt_vreg number(struct dt_cg *cg)
{
	if (!strcmp(tracepoint(cg), "sys_enter"))
		return dt_event_word(cg, NUMBER);
	return dt_ir_ld(&cg->ir, dt_event_word(cg, REGS), dt_arch.syscall_number, 8);
}

/* Jumps to YES if the thread is in a 32-bit system call, or if NATIVE, in another one. */
static void jump_by_abi(struct dt_cg *cg, bool native, dt_label yes)
{
	size_t mark = dt_cg_enter(cg);
	dt_vreg word = dt_cg_load_field(cg, dt_event_current(cg), "task_struct",
					DT_MEMBERS("thread_info", dt_arch.compat_member));

	dt_ir_jcci(&cg->ir, native ? DT_IR_JEQ : DT_IR_JNE,
		   dt_ir_bini(&cg->ir, DT_IR_AND, word, dt_arch.compat_mask), 0, yes);
	dt_cg_leave(cg, mark);
}

static void jump_if_number(struct dt_cg *cg, dt_vreg nr, int64_t wanted, dt_label yes)
{
	if (wanted != NO_CALL)
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, nr, wanted, yes);
}

/*
 *	if (nr is a native call's) goto native;
 *	if (nr is a 32-bit call's) goto compat;
 *	goto none;
 *	compat:  if (!in a 32-bit call) goto none; goto done;
 *	native:  if (in a 32-bit call) goto none;
 *	done:
 *
 * A call that has the same number in both needs no further question.
 */
void dt_event_calls(struct dt_cg *cg, const char *const *calls, dt_label none)
{
	dt_label native = dt_ir_label(&cg->ir), compat = dt_ir_label(&cg->ir);
	dt_label done = dt_ir_label(&cg->ir);
	dt_vreg nr = number(cg);

	for (const char *const *call = calls; *call; call++)
		if (native_number(*call) == compat_number(*call))
			jump_if_number(cg, nr, native_number(*call), done);
		else
			jump_if_number(cg, nr, native_number(*call), native);
	if (!dt_arch.compat_member) {
		dt_ir_jmp(&cg->ir, none);
		dt_ir_place(&cg->ir, native);
		dt_ir_place(&cg->ir, done);
		return;
	}
	for (const char *const *call = calls; *call; call++)
		jump_if_number(cg, nr, compat_number(*call), compat);
	dt_ir_jmp(&cg->ir, none);
	dt_ir_place(&cg->ir, compat);
	jump_by_abi(cg, true, none);
	dt_ir_jmp(&cg->ir, done);
	dt_ir_place(&cg->ir, native);
	jump_by_abi(cg, false, none);
	dt_ir_place(&cg->ir, done);
}

void dt_event_jump_if_call(struct dt_cg *cg, const char *call, dt_label yes)
{
	dt_vreg nr = number(cg);

	jump_if_number(cg, nr, native_number(call), yes);
	jump_if_number(cg, nr, compat_number(call), yes);
}

dt_vreg dt_event_call_arg(struct dt_cg *cg, uint32_t n)
{
	dt_vreg regs = dt_event_word(cg, REGS), value = dt_ir_new(&cg->ir);
	dt_label done = dt_ir_label(&cg->ir);

	dt_ir_set(&cg->ir, value, dt_sysent_emit_call_arg(cg, n));
	if (dt_arch.compat_member && n < ARRAY_SIZE(dt_arch.compat_args)) {
		jump_by_abi(cg, true, done);
		dt_ir_set(&cg->ir, value, dt_ir_ld(&cg->ir, regs, dt_arch.compat_args[n], 4));
	}
	dt_ir_place(&cg->ir, done);
	return value;
}
