/* SPDX-License-Identifier: MIT */
/*
 * Decoding a function to find where it returns.  All of its bytes are decoded one instruction after
 * the other, since the cases of a switch are reached only through a table.  Data among the code
 * would lead astray, and a probe in the middle of an instruction destroys it.  So the result counts
 * only if every instruction is known and every jump within the function leads to the beginning of
 * one.
 */
#include <elf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include "base/vec.h"
#include "providers/arch.h"
#include "providers/exits.h"

#define WORD               8
#define MAX_FUNCTION       (16 << 20) /* bytes; what is larger is none */
#define ENTRY_INSTRUCTIONS 32         /* by then a function has moved the stack pointer */
#define SWITCH_WINDOW      8          /* instructions between a table's address and its jump */

enum { START = 1, TARGET = 2 }; /* an instruction begins here; a jump leads here */

struct search {
	struct dt_object *obj;
	struct dt_arena *arena;
	struct dt_exits *out;
	DT_VEC(struct dt_exit) exits;
	/* Of the part in hand: */
	uint64_t addr, size;
	uint8_t *code, *marks; /* marks[i] of byte i: START, TARGET */
	bool is_open;          /* where it ends is not known: at the last jump's target */
	uint64_t furthest;     /* such a target, relative to addr */
	uint64_t tables[SWITCH_WINDOW];
	uint32_t ntables;
};

bool dt_exits_is_part(const char *symbol)
{
	return strstr(symbol, ".cold") != NULL;
}

/* ---- parts ---- */

static bool is_inside(const struct dt_exits *exits, uint64_t addr)
{
	for (uint32_t i = 0; i < exits->nparts; i++)
		if (addr - exits->parts[i].addr < exits->parts[i].size)
			return true;
	return false;
}

/* A cold part is reached by jumps of its function alone.  True: ADDR is in one, which is now a part
 * of the function. */
static bool add_part(struct search *s, uint64_t addr)
{
	struct dt_exits *out = s->out;
	struct dt_osym sym;

	if (out->nparts == DT_MAX_PARTS || !dt_object_addr(s->obj, addr, &sym) ||
	    !dt_exits_is_part(sym.name) || !sym.size)
		return false;
	out->parts[out->nparts++] = (struct dt_code_range){ sym.addr, sym.size };
	return true;
}

static bool jumps_into(struct search *s, const struct dt_osym *part, const struct dt_osym *func)
{
	uint8_t code[DT_CPU_INSN_MAX];
	struct dt_cpu_insn insn;

	for (uint64_t at = 0; at < part->size; at += insn.length) {
		ssize_t n = dt_object_read(s->obj, part->offset + at, code, sizeof(code));

		if (n <= 0 || !dt_cpu_decode(code, (size_t)n, &insn))
			return false;
		if ((insn.kind == DT_CPU_JUMP || insn.kind == DT_CPU_JUMP_IF) &&
		    part->addr + at + (uint64_t)insn.target - func->addr < func->size)
			return true;
	}
	return false;
}

/* A part that only an exception leads to is found by its name, which static functions may share. */
static void add_landing_part(struct search *s, const struct dt_osym *func)
{
	const char *name = dt_arena_printf(s->arena, "%s.cold", func->name);
	struct dt_osym part;

	if (name && dt_object_name(s->obj, name, &part) && part.offset != UINT64_MAX &&
	    (func->bind != STB_LOCAL || jumps_into(s, &part, func)) &&
	    !is_inside(s->out, part.addr))
		add_part(s, part.addr);
}

static bool leaves(struct search *s, uint64_t target)
{
	return !is_inside(s->out, target) && !add_part(s, target);
}

/* ---- switches ---- */

/* "lea DISP(%rip), %reg" of an address that may be a table's. */
static bool loads_address(const struct dt_cpu_insn *insn)
{
	return insn->map == 0 && insn->encoding == 0 && insn->opcode == 0x8d &&
	       insn->operand.base == DT_CPU_REG_IP;
}

static void note_table(struct search *s, const struct dt_cpu_insn *insn, uint64_t next)
{
	if (loads_address(insn))
		s->tables[s->ntables++ % SWITCH_WINDOW] = next +
							  (uint64_t)(int64_t)insn->operand.disp;
}

static bool read_at(const struct search *s, uint64_t addr, void *buf, size_t size)
{
	uint64_t offset = dt_object_addr_to_offset(s->obj, addr);

	return offset != UINT64_MAX && dt_object_read(s->obj, offset, buf, size) == (ssize_t)size;
}

/* A switch in code that may be loaded anywhere adds an entry of 32 bits to the table's address. */
static bool is_switch_by_offset(const struct search *s)
{
	for (uint32_t i = 0; i < DT_MIN(s->ntables, (uint32_t)SWITCH_WINDOW); i++) {
		int32_t entry;

		if (s->tables[i] % sizeof(entry) == 0 && !dt_object_is_code(s->obj, s->tables[i]) &&
		    read_at(s, s->tables[i], &entry, sizeof(entry)) &&
		    is_inside(s->out, s->tables[i] + (uint64_t)(int64_t)entry))
			return true;
	}
	return false;
}

/* In other code the table has addresses: jmp *TABLE(,%reg,8). */
static bool is_switch_by_address(const struct search *s, const struct dt_cpu_operand *op)
{
	uint64_t entry;

	return op->is_memory && op->base == DT_CPU_NO_REG && op->index != DT_CPU_NO_REG &&
	       op->scale == WORD && read_at(s, (uint64_t)(int64_t)op->disp, &entry, WORD) &&
	       is_inside(s->out, entry);
}

/*
 * A jump that is certainly a switch's needs no probe, which would cost microseconds each time.
 * After "movslq (TABLE,...), %a; add %a, %b; jmp *%b", all near to each other, it is.
 */
static bool is_switch(const struct search *s, const struct dt_cpu_insn *insn, uint32_t since_add)
{
	if (!insn->operand.is_memory)
		return since_add <= SWITCH_WINDOW && is_switch_by_offset(s);
	return is_switch_by_address(s, &insn->operand);
}

/* ---- one part ---- */

static bool add_exit(struct search *s, uint64_t at, const struct dt_cpu_insn *insn)
{
	struct dt_exit exit = { s->addr + at, dt_object_addr_to_offset(s->obj, s->addr + at),
				*insn };

	return exit.offset != UINT64_MAX && dt_vec_push(&s->exits, exit);
}

/* What a jump to a known target means.  False: the function is not understood. */
static bool direct_jump(struct search *s, uint64_t at, const struct dt_cpu_insn *insn)
{
	uint64_t target = s->addr + at + (uint64_t)insn->target;

	if (target - s->addr < s->size) {
		s->furthest = DT_MAX(s->furthest, target - s->addr);
		s->marks[target - s->addr] |= TARGET;
		return true;
	}
	if (!leaves(s, target))
		return true;
	/* Without its symbol a cold part looks like this.  Nobody makes a conditional tail call to
	 * where no function begins. */
	if (insn->kind == DT_CPU_JUMP_IF) {
		struct dt_osym sym;

		if (!dt_object_addr(s->obj, target, &sym))
			return true;
	}
	return insn->kind != DT_CPU_JUMP_COUNT && add_exit(s, at, insn);
}

static bool ends_code(enum dt_cpu_kind kind)
{
	return kind == DT_CPU_RETURN || kind == DT_CPU_JUMP || kind == DT_CPU_STOP ||
	       kind == DT_CPU_JUMP_VALUE || kind == DT_CPU_JUMP_SWITCH;
}

/* movslq from memory, by which an entry of a table is read. */
static bool reads_entry(const struct dt_cpu_insn *insn)
{
	return insn->map == 0 && insn->opcode == 0x63 && insn->operand.is_memory;
}

static bool one_instruction(struct search *s, uint64_t at, const struct dt_cpu_insn *insn,
			    uint32_t since_entry)
{
	switch (insn->kind) {
	case DT_CPU_RETURN: return add_exit(s, at, insn);
	case DT_CPU_JUMP:
	case DT_CPU_JUMP_IF:
	case DT_CPU_JUMP_COUNT: return direct_jump(s, at, insn);
	case DT_CPU_JUMP_VALUE:
		if (is_switch(s, insn, since_entry))
			return true;
		return !insn->operand.is_segment && add_exit(s, at, insn);
	default: return true;
	}
}

/* Every jump within the part leads to the beginning of an instruction. */
static bool is_consistent(const struct search *s)
{
	for (uint64_t at = 0; at < s->size; at++)
		if (s->marks[at] == TARGET)
			return false;
	return true;
}

static bool decode_part(struct search *s)
{
	uint32_t since_entry = UINT32_MAX;
	uint64_t at = 0;

	while (at < s->size) {
		struct dt_cpu_insn insn;

		if (!dt_cpu_decode(s->code + at, s->size - at, &insn))
			return false;
		s->marks[at] |= START;
		since_entry = reads_entry(&insn) ? 0 : since_entry + (since_entry != UINT32_MAX);
		note_table(s, &insn, s->addr + at + insn.length);
		if (!one_instruction(s, at, &insn, since_entry))
			return false;
		at += insn.length;
		if (s->is_open && ends_code(insn.kind) && at > s->furthest)
			s->size = at;
	}
	return at == s->size && is_consistent(s);
}

static int search_part(struct search *s, uint32_t n)
{
	struct dt_code_range *part = &s->out->parts[n];
	bool ok;

	if (!part->size || part->size > MAX_FUNCTION)
		return -ENOEXEC;
	s->addr = part->addr;
	s->size = part->size;
	s->furthest = 0;
	s->ntables = 0;
	s->code = malloc(s->size);
	s->marks = calloc(1, s->size);
	if (!s->code || !s->marks) {
		free(s->code);
		free(s->marks);
		return -ENOMEM;
	}
	ok = read_at(s, s->addr, s->code, s->size) && decode_part(s);
	free(s->code);
	free(s->marks);
	s->is_open = false;
	part->size = s->size;
	return ok ? 0 : -ENOEXEC;
}

int dt_exits_find(struct dt_object *obj, const struct dt_osym *func, struct dt_arena *arena,
		  struct dt_exits *out)
{
	struct search s = { .obj = obj, .arena = arena, .out = out, .is_open = func->is_open };
	int err = 0;

	*out = (struct dt_exits){ .parts = { { func->addr, func->size } }, .nparts = 1 };
	add_landing_part(&s, func);
	for (uint32_t i = 0; !err && i < out->nparts; i++)
		err = search_part(&s, i);
	if (!err && s.exits.n) {
		struct dt_exit *list = dt_arena_new_array(arena, struct dt_exit, s.exits.n);

		err = list ? 0 : -ENOMEM;
		if (list)
			memcpy(list, s.exits.data, s.exits.n * sizeof(*list));
		out->list = list;
		out->n = (uint32_t)s.exits.n;
	}
	dt_vec_free(&s.exits);
	return err;
}

/* ---- the return address ---- */

/* The first instructions as they run, jumps to other functions included: _setjmp() goes on in
 * __sigsetjmp(). */
static bool leaves_caller_alone(struct dt_object *obj, const struct dt_osym *func)
{
	struct search s = { .obj = obj };
	uint64_t addr = func->addr;
	struct dt_cpu_insn insn;

	for (int i = 0; i < ENTRY_INSTRUCTIONS; i++) {
		uint8_t code[DT_CPU_INSN_MAX];

		if (!read_at(&s, addr, code, sizeof(code)) ||
		    !dt_cpu_decode(code, sizeof(code), &insn))
			return false;
		switch (dt_cpu_stack_use(&insn)) {
		case DT_CPU_STACK_TOP: return false;
		case DT_CPU_STACK_MOVES: return true;
		default: break;
		}
		if (ends_code(insn.kind) && insn.kind != DT_CPU_JUMP)
			return true;
		addr += insn.kind == DT_CPU_JUMP ? (uint64_t)insn.target : insn.length;
	}
	return true;
}

bool dt_exits_fit_trampoline(struct dt_object *obj, const struct dt_osym *func)
{
	uint8_t code[DT_CPU_INSN_MAX];
	struct search s = { .obj = obj };

	return read_at(&s, func->addr, code, sizeof(code)) &&
	       dt_cpu_can_probe(code, sizeof(code)) && leaves_caller_alone(obj, func);
}

/* ---- code ---- */

static dt_vreg load_register(struct dt_cg *cg, uint8_t number)
{
	return dt_ir_ld(&cg->ir, dt_cg_ctx(cg), dt_arch.registers[number], WORD);
}

static dt_vreg instruction_address(struct dt_cg *cg)
{
	return dt_ir_ld(&cg->ir, dt_cg_ctx(cg), dt_arch.ip, WORD);
}

/* base + index * scale + disp */
static dt_vreg operand_address(struct dt_cg *cg, const struct dt_cpu_insn *insn)
{
	const struct dt_cpu_operand *op = &insn->operand;
	dt_vreg addr;

	if (op->base == DT_CPU_REG_IP)
		return dt_ir_bini(&cg->ir, DT_IR_ADD, instruction_address(cg),
				  (int64_t)op->disp + insn->length);
	addr = op->base == DT_CPU_NO_REG
		       ? dt_ir_const(&cg->ir, op->disp)
		       : dt_ir_bini(&cg->ir, DT_IR_ADD, load_register(cg, op->base), op->disp);
	if (op->index == DT_CPU_NO_REG)
		return addr;
	return dt_ir_bin(&cg->ir, DT_IR_ADD, addr,
			 dt_ir_bini(&cg->ir, DT_IR_MUL, load_register(cg, op->index), op->scale));
}

static dt_vreg jump_target(struct dt_cg *cg, const struct dt_cpu_insn *insn, struct dt_mem word)
{
	if (!insn->operand.is_memory)
		return load_register(cg, insn->operand.base);
	dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_user, /* 5.5; zeroes what it cannot read */
		     DT_ARGS(dt_cg_mem_ptr(cg, word), dt_ir_const(&cg->ir, WORD),
			     operand_address(cg, insn)));
	return dt_ir_ld(&cg->ir, word.base, word.off, WORD);
}

/*
 * for each part:
 *	if (target - (ip + distance of the part) < its size)  goto none
 */
static void emit_value(struct dt_cg *cg, const struct dt_exits *exits, const struct dt_exit *exit,
		       struct dt_mem word, dt_label none)
{
	dt_vreg away = dt_ir_bin(&cg->ir, DT_IR_SUB, jump_target(cg, &exit->insn, word),
				 instruction_address(cg));

	for (uint32_t i = 0; i < exits->nparts; i++) {
		const struct dt_code_range *part = &exits->parts[i];
		dt_vreg into = dt_ir_bini(&cg->ir, DT_IR_SUB, away,
					  (int64_t)(part->addr - exit->addr));

		dt_ir_jcci(&cg->ir, DT_IR_JULT, into, (int64_t)part->size, none);
	}
}

/* The condition holds if a flag of ANY is set, or if the two of DIFFER differ; odd ones are the
 * opposite of the even one before them. */
static void emit_condition(struct dt_cg *cg, uint8_t cond, dt_label none)
{
	const struct dt_condition *c = &dt_arch.conditions[cond / 2];
	dt_vreg flags = dt_ir_ld(&cg->ir, dt_cg_ctx(cg), dt_arch.flags, WORD);
	dt_label holds = dt_ir_label(&cg->ir);
	bool is_opposite = cond & 1;

	if (c->any)
		dt_ir_jcci(&cg->ir, DT_IR_JSET, flags, c->any, is_opposite ? none : holds);
	if (c->differ[0]) {
		dt_vreg one = dt_ir_bini(&cg->ir, DT_IR_SHR, flags, c->differ[0]);
		dt_vreg other = dt_ir_bini(&cg->ir, DT_IR_SHR, flags, c->differ[1]);

		dt_ir_jcci(&cg->ir, DT_IR_JSET, dt_ir_bin(&cg->ir, DT_IR_XOR, one, other), 1,
			   is_opposite ? none : holds);
	}
	if (!is_opposite)
		dt_ir_jmp(&cg->ir, none);
	dt_ir_place(&cg->ir, holds);
}

void dt_exit_emit(struct dt_cg *cg, const struct dt_exits *exits, const struct dt_exit *exit,
		  struct dt_mem word, dt_label none)
{
	if (exit->insn.kind == DT_CPU_JUMP_IF)
		emit_condition(cg, exit->insn.cond, none);
	else if (exit->insn.kind == DT_CPU_JUMP_VALUE)
		emit_value(cg, exits, exit, word, none);
}
