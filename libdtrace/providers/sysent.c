/* SPDX-License-Identifier: MIT */
/*
 * System calls as attach points, for syscall, sysinfo and fsinfo.  One program on the raw
 * tracepoint sys_enter serves all entries, and one on sys_exit all returns.  The probe is found by
 * the call's number in a table.
 *
 * - A call through another ABI (int 0x80, a 32-bit program) has that ABI's numbers and fires no
 *   probe.  The thread's status word tells such calls apart; the code segment does not.
 * - At sys_exit the call's number is only in the saved registers, which hold the arguments too, and
 *   also tell most native calls.  A program of the typed tracepoint (tp_btf) may read them with
 *   plain loads.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include "attach/raw_tp.h"
#include "providers/arch.h"
#include "providers/event.h"
#include "types/types.h"

#define ERRNO_MAX 4095 /* results from -4095 to -1 are errors: include/linux/err.h */

/* The kernel's restart codes: include/linux/errno.h. */
#define RESTART_FIRST 512
#define RESTART_LAST  516

const struct dt_sysent_side dt_sysent_enter = { "sys_enter", false };
const struct dt_sysent_side dt_sysent_exit = { "sys_exit", true };

static const struct dt_sysent_side *side_of(const struct dt_cg *cg)
{
	return cg->point->probes[0]->data;
}

uint32_t dt_sysent_number(const char *call)
{
	uint32_t number = 0;

	while (number < dt_arch.nsyscalls &&
	       (!dt_arch.syscalls[number].name || strcmp(dt_arch.syscalls[number].name, call)))
		number++;
	return number;
}

struct dt_probe *dt_sysent_make(struct dt_provider *prov, uint32_t id, uint32_t number,
				const char *name, const struct dt_sysent_side *side)
{
	struct dt_probe *probe = dt_probe_make(prov, id, prov->ops->name, "vmlinux",
					       dt_arch.syscalls[number].name, name);

	if (probe) {
		probe->ndx = number;
		probe->data = (void *)side;
	}
	return probe;
}

int dt_sysent_point(struct dt_provider *prov DT_UNUSED, const struct dt_probe *probe,
		    struct dt_point_key *key)
{
	const struct dt_sysent_side *side = probe->data;

	key->mech = &dt_mech_tp_btf;
	key->key = side->tracepoint;
	return 0;
}

int dt_sysent_target(struct dt_provider *prov, const struct dt_point_key *key,
		     struct dt_probe *const *probes, uint32_t nprobes DT_UNUSED,
		     struct dt_arena *arena, const struct dt_target **out)
{
	const struct dt_sysent_side *side = probes[0]->data;

	*out = dt_tracepoint_target(prov, key->mech, side->tracepoint, arena);
	return *out ? 0 : -ENOMEM;
}

/* sys_enter(regs, number), sys_exit(regs, result) */
enum { REGS, NUMBER, RESULT = NUMBER };

static dt_vreg call_number(struct dt_cg *cg)
{
	if (!side_of(cg)->is_return)
		return dt_event_word(cg, NUMBER);
	return dt_ir_ld(&cg->ir, dt_event_word(cg, REGS), dt_arch.syscall_number, 8);
}

/* The thread's status word costs a call.  What the native instruction leaves in the registers, one
 * of another ABI leaves there only if its program wants to look like that. */
static void skip_other_abis(struct dt_cg *cg, dt_label none)
{
	dt_label native = dt_ir_label(&cg->ir);
	dt_vreg regs, word;
	size_t mark;

	if (!dt_arch.compat_member)
		return;
	regs = dt_event_word(cg, REGS);
	dt_ir_jcc(&cg->ir, DT_IR_JEQ, dt_ir_ld(&cg->ir, regs, dt_arch.native_ip, 8),
		  dt_ir_ld(&cg->ir, regs, dt_arch.ip, 8), native);
	mark = dt_cg_enter(cg);
	word = dt_cg_load_field(cg, dt_cg_task(cg), "task_struct",
				DT_MEMBERS("thread_info", dt_arch.compat_member));
	dt_ir_jcci(&cg->ir, DT_IR_JSET, word, dt_arch.compat_mask, none);
	dt_cg_leave(cg, mark);
	dt_ir_place(&cg->ir, native);
}

/* places[number]: 1 + which of the point's probes it is; 0: none. */
static dt_vreg look_up(struct dt_cg *cg, dt_vreg number, dt_label none)
{
	struct dt_point *pt = cg->point;
	uint32_t n = 0;
	uint16_t *places;
	dt_vreg at, place;

	for (uint32_t i = 0; i < pt->nprobes; i++)
		n = DT_MAX(n, (uint32_t)pt->probes[i]->ndx + 1);
	places = dt_arena_new_array(cg->arena, uint16_t, n);
	for (uint32_t i = 0; i < pt->nprobes; i++)
		places[pt->probes[i]->ndx] = (uint16_t)(i + 1);
	dt_ir_jcci(&cg->ir, DT_IR_JUGE, number, n, none);
	at = dt_ir_bin(&cg->ir, DT_IR_ADD,
		       dt_cg_rodata_ptr(cg, dt_cg_rodata(cg, places, n * (uint32_t)sizeof(*places),
							 sizeof(*places))),
		       dt_ir_bini(&cg->ir, DT_IR_SHL, number, 1));
	place = dt_ir_ld(&cg->ir, at, 0, sizeof(*places));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, place, 0, none);
	return dt_ir_bini(&cg->ir, DT_IR_SUB, place, 1);
}

uint32_t dt_sysent_emit_find(struct dt_cg *cg, uint32_t none)
{
	struct dt_point *pt = cg->point;
	dt_vreg number = call_number(cg), place;

	/* Most calls are not probed: test the number first. */
	if (pt->nprobes == 1) {
		dt_ir_jcci(&cg->ir, DT_IR_JNE, number, (int64_t)pt->probes[0]->ndx, none);
		place = dt_ir_const(&cg->ir, 0);
	} else {
		place = look_up(cg, number, none);
	}
	skip_other_abis(cg, none);
	return place;
}

uint32_t dt_sysent_emit_result(struct dt_cg *cg)
{
	return dt_event_word(cg, RESULT);
}

/*
 * D's errno of a result: the negated result if it is an error, else 0.  Where a signal interrupts a
 * call, the kernel's result is one of its restart codes, from ERESTARTSYS to ERESTART_RESTARTBLOCK
 * (include/linux/errno.h), which no program sees: a call that is not restarted ends with EINTR.
 */
uint32_t dt_sysent_emit_error(struct dt_cg *cg, uint32_t result)
{
	dt_vreg err = dt_ir_new(&cg->ir);
	dt_label done = dt_ir_label(&cg->ir);

	dt_ir_seti(&cg->ir, err, 0);
	dt_ir_jcci(&cg->ir, DT_IR_JULT, result, -ERRNO_MAX, done);
	dt_ir_set(&cg->ir, err, dt_ir_un(&cg->ir, DT_IR_NEG, result));
	dt_ir_jcci(&cg->ir, DT_IR_JULT, err, RESTART_FIRST, done);
	dt_ir_jcci(&cg->ir, DT_IR_JUGT, err, RESTART_LAST, done);
	dt_ir_seti(&cg->ir, err, EINTR);
	dt_ir_place(&cg->ir, done);
	return err;
}

uint32_t dt_sysent_emit_errno(struct dt_cg *cg)
{
	if (!side_of(cg)->is_return)
		return dt_ir_const(&cg->ir, 0);
	return dt_sysent_emit_error(cg, dt_sysent_emit_result(cg));
}

/* What the program gets to see of a result: -1 if it is an error. */
static dt_vreg program_result(struct dt_cg *cg)
{
	dt_vreg kernels = dt_sysent_emit_result(cg), result = dt_ir_new(&cg->ir);
	dt_label done = dt_ir_label(&cg->ir);

	dt_ir_set(&cg->ir, result, kernels);
	dt_ir_jcci(&cg->ir, DT_IR_JULT, kernels, -ERRNO_MAX, done);
	dt_ir_seti(&cg->ir, result, -1);
	dt_ir_place(&cg->ir, done);
	return result;
}

uint32_t dt_sysent_emit_call_arg(struct dt_cg *cg, uint32_t n)
{
	return dt_ir_ld(&cg->ir, dt_event_word(cg, REGS), dt_arch.syscall_args[n], 8);
}

uint32_t dt_sysent_emit_arg(struct dt_cg *cg, uint32_t n)
{
	if (side_of(cg)->is_return)
		return n < 2 ? program_result(cg) : dt_ir_const(&cg->ir, 0);
	if (n >= ARRAY_SIZE(dt_arch.syscall_args))
		return dt_ir_const(&cg->ir, 0);
	return dt_sysent_emit_call_arg(cg, n);
}
