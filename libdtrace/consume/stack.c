/* SPDX-License-Identifier: MIT */
/*
 * Texts of stacks and of single addresses (stack.h).  symbols/ knows the names; this file knows the
 * data: which words are process, address and strings.
 */
#include <inttypes.h>
#include <string.h>
#include "consume/context.h"
#include "consume/output.h"
#include "consume/stack.h"
#include "symbols/symbols.h"

static uint64_t word(const void *data, uint32_t number)
{
	uint64_t v;

	memcpy(&v, (const char *)data + 8 * (size_t)number, sizeof(v));
	return v;
}

static size_t kernel_text(const struct dt_addr_names *names, uint64_t addr, enum dt_symtext how,
			  char *buf, size_t size)
{
	if (names->ksyms)
		return dt_ksyms_text(names->ksyms, addr, how, buf, size);
	return (size_t)snprintf(buf, size, "0x%" PRIx64, addr);
}

static size_t user_text(const struct dt_addr_names *names, uint64_t pid, uint64_t addr,
			enum dt_symtext how, char *buf, size_t size)
{
	if (names->usyms && pid)
		return dt_usyms_text(names->usyms, (pid_t)pid, addr, how, buf, size);
	return (size_t)snprintf(buf, size, "0x%" PRIx64, addr);
}

size_t dt_text_kaddr(const struct dt_addr_names *names, uint64_t addr, char *buf, size_t size)
{
	return kernel_text(names, addr, DT_SYMTEXT_OFFSET, buf, size);
}

size_t dt_text_uaddr(const struct dt_addr_names *names, pid_t pid, uint64_t addr, char *buf,
		     size_t size)
{
	return user_text(names, (uint64_t)pid, addr, DT_SYMTEXT_OFFSET, buf, size);
}

/* Some tracepoints call their programs through one more function, depending on the kernel and its
 * compiler. */
static bool is_trampoline(const char *name)
{
	return !strncmp(name, "__bpf_trace_", 12) || !strncmp(name, "__traceiter_", 12);
}

uint32_t dt_stack_skip(const struct dt_addr_names *names, const char *data, uint32_t size)
{
	struct dt_ksym sym;
	uint32_t skip = 0;

	while (names->ksyms && skip + 8 <= size &&
	       dt_ksyms_addr(names->ksyms, word(data + skip, 0), &sym) && is_trampoline(sym.name))
		skip += 8;
	return skip;
}

/* ---- single symbols ---- */

static const struct sym_kind {
	uint16_t action;
	bool user; /* pid and pc, else pc alone */
	enum dt_symtext how;
} sym_kinds[] = {
	{ DTRACEACT_SYM, false, DT_SYMTEXT_NAME },    { DTRACEACT_MOD, false, DT_SYMTEXT_MODULE },
	{ DTRACEACT_USYM, true, DT_SYMTEXT_NAME },    { DTRACEACT_UMOD, true, DT_SYMTEXT_MODULE },
	{ DTRACEACT_UADDR, true, DT_SYMTEXT_OFFSET },
};

static const struct sym_kind *sym_kind(uint16_t action)
{
	for (size_t i = 0; i < ARRAY_SIZE(sym_kinds); i++)
		if (sym_kinds[i].action == action)
			return &sym_kinds[i];
	return NULL;
}

bool dt_is_symbol_action(uint16_t action)
{
	return sym_kind(action);
}

size_t dt_text_symbol(const struct dt_addr_names *names, uint16_t action, const void *data,
		      char *buf, size_t size)
{
	const struct sym_kind *kind = sym_kind(action);

	if (!kind)
		return 0;
	if (kind->user)
		return user_text(names, word(data, 0), word(data, 1), kind->how, buf, size);
	return kernel_text(names, word(data, 0), kind->how, buf, size);
}

/* ---- stacks ---- */

/* String NUMBER of jstack()'s strings; "" behind the last one. */
static const char *helper_string(const struct dt_datum *stack, uint32_t nframes, uint32_t number)
{
	const char *at = (const char *)stack->data + 8 * ((size_t)nframes + 1);
	const char *end = (const char *)stack->data + stack->size;

	for (; at < end && number; number--)
		at += strnlen(at, (size_t)(end - at)) + 1;
	if (at >= end || strnlen(at, (size_t)(end - at)) == (size_t)(end - at))
		return "";
	return at;
}

/* Is the frame in no object (interpreted or just-in-time compiled code)? Then the helper's string
 * names it. */
static bool is_anonymous(const struct dt_addr_names *names, uint64_t pid, uint64_t pc)
{
	struct dt_usym sym;

	return !names->usyms || !dt_usyms_addr(names->usyms, (pid_t)pid, pc, &sym) || !sym.object ||
	       sym.map.writable;
}

/* The first frame is where the thread is, each other one where it returns to. */
static enum dt_symtext frame_how(uint32_t number)
{
	return number ? DT_SYMTEXT_RETURN : DT_SYMTEXT_OFFSET;
}

size_t dt_text_frame(const struct dt_addr_names *names, const struct dt_datum *stack,
		     uint32_t number, char *buf, size_t size, const char **note)
{
	bool user = stack->action != DTRACEACT_STACK;
	uint32_t nframes = user ? DTRACE_USTACK_NFRAMES(stack->arg) : (uint32_t)stack->arg, nwords;
	const char *helper = "";
	uint64_t pc, pid;

	if (note)
		*note = NULL;
	nwords = stack->size / 8;
	nframes = DT_MIN(nframes, nwords > user ? nwords - user : 0);
	if (number >= nframes)
		return 0;
	pc = word(stack->data, number + user);
	if (!pc)
		return 0;
	if (names->stack_addresses)
		return (size_t)snprintf(buf, size, "0x%" PRIx64, pc);
	if (!user)
		return kernel_text(names, pc, frame_how(number), buf, size);
	pid = word(stack->data, 0);
	if (DTRACE_USTACK_STRSIZE(stack->arg))
		helper = helper_string(stack, nframes, number);
	if (helper[0] == '@' && note)
		*note = helper + 1;
	if (helper[0] && helper[0] != '@' && is_anonymous(names, pid, pc))
		return (size_t)snprintf(buf, size, "%s", helper);
	return user_text(names, pid, pc, frame_how(number), buf, size);
}

void dt_show_stack(struct dt_out *out, const struct dt_datum *stack, int indent)
{
	char text[DT_TEXT_MAX];
	const char *note;

	dt_out_puts(out, "\n");
	for (uint32_t i = 0; dt_text_frame(&out->con->names, stack, i, text, sizeof(text), &note);
	     i++) {
		dt_out_pad(out, ' ', (size_t)DT_MAX(indent, 0));
		dt_out_field(out, text, strlen(text), 0, true);
		dt_out_puts(out, "\n");
		if (!note)
			continue;
		dt_out_pad(out, ' ', (size_t)DT_MAX(indent, 0));
		dt_out_puts(out, "  [ ");
		dt_out_field(out, note, strlen(note), 0, true);
		dt_out_puts(out, " ]\n");
	}
}
