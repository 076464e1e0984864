/* SPDX-License-Identifier: MIT */
/*
 * The decoder of x86-64 instructions (attach/insn.h): what single instructions are, that the rest
 * of their bytes is asked for, and that it agrees with objdump about the length and the jumps of
 * every instruction of libraries, whatever those use of the processor.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include "attach/insn.h"
#include "base/util.h"
#include "test.h"

#ifdef __x86_64__

struct sample {
	const char *bytes; /* after it: 90 */
	uint8_t length;    /* 0: unknown */
	enum dt_cpu_kind kind;
};

static const struct sample samples[] = {
	{ "\xc3", 1, DT_CPU_RETURN },
	{ "\xf3\xc3", 2, DT_CPU_RETURN },     /* rep ret */
	{ "\xf2\xc3", 2, DT_CPU_RETURN },     /* bnd ret */
	{ "\xc2\x08\x01", 3, DT_CPU_RETURN }, /* ret 0x108 */
	{ "\x55", 1, DT_CPU_PLAIN },
	{ "\xf3\x0f\x1e\xfa", 4, DT_CPU_PLAIN }, /* endbr64 */
	{ "\xe8\x01\x01\x01\x01", 5, DT_CPU_PLAIN },
	{ "\x66\x66\x48\xe8\x01\x01\x01\x01", 8, DT_CPU_PLAIN }, /* of a thread-local's address */
	{ "\xeb\x05", 2, DT_CPU_JUMP },
	{ "\xe9\x05\x01\x01\x01", 5, DT_CPU_JUMP },
	{ "\xf2\xe9\x05\x01\x01\x01", 6, DT_CPU_JUMP }, /* bnd jmp */
	{ "\x75\x05", 2, DT_CPU_JUMP_IF },
	{ "\x0f\x8f\x05\x01\x01\x01", 6, DT_CPU_JUMP_IF },
	{ "\xe2\x05", 2, DT_CPU_JUMP_COUNT },                 /* loop */
	{ "\xe3\x05", 2, DT_CPU_JUMP_COUNT },                 /* jrcxz */
	{ "\xff\xe0", 2, DT_CPU_JUMP_VALUE },                 /* jmp *%rax */
	{ "\x41\xff\xe3", 3, DT_CPU_JUMP_VALUE },             /* jmp *%r11 */
	{ "\x3e\xff\xe0", 3, DT_CPU_JUMP_SWITCH },            /* notrack jmp *%rax */
	{ "\xff\x25\x01\x01\x01\x01", 6, DT_CPU_JUMP_VALUE }, /* jmp *(%rip) */
	{ "\xff\xd0", 2, DT_CPU_PLAIN },                      /* call *%rax */
	{ "\x0f\x0b", 2, DT_CPU_STOP },
	{ "\xcc", 1, DT_CPU_STOP },
	{ "\x48\xb8\x01\x01\x01\x01\x01\x01\x01\x01", 10, DT_CPU_PLAIN }, /* movabs */
	{ "\x66\xb8\x01\x01", 4, DT_CPU_PLAIN },
	{ "\xf7\xc0\x01\x01\x01\x01", 6, DT_CPU_PLAIN },         /* test */
	{ "\xf7\xd8", 2, DT_CPU_PLAIN },                         /* neg */
	{ "\xc8\x01\x01\x01", 4, DT_CPU_PLAIN },                 /* enter */
	{ "\x0f\x0f\xc1\x9e", 4, DT_CPU_PLAIN },                 /* pfadd */
	{ "\x66\x0f\x78\xc1\x01\x02", 6, DT_CPU_PLAIN },         /* extrq */
	{ "\xc5\xf8\x77", 3, DT_CPU_PLAIN },                     /* vzeroupper */
	{ "\xc4\xe3\x79\x69\xc1\x20", 6, DT_CPU_PLAIN },         /* vfmaddpd, of FMA4 */
	{ "\x8f\xe8\x78\xc2\xc1\x01", 6, DT_CPU_PLAIN },         /* vprotd, of XOP */
	{ "\x8f\xc0", 2, DT_CPU_PLAIN },                         /* pop */
	{ "\x62\xf1\x7c\x48\x10\x44\x24\x01", 8, DT_CPU_PLAIN }, /* vmovups */
	{ "\x06", 0, DT_CPU_PLAIN },
	{ "\x0f\x04", 0, DT_CPU_PLAIN },
	{ "\x66\xe9\x05\x01", 0, DT_CPU_PLAIN }, /* a 16-bit jump */
	{ "\xd5\x10\x50", 0, DT_CPU_PLAIN },     /* APX */
};

static void test_samples(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		const struct sample *s = &samples[i];
		uint8_t bytes[DT_CPU_INSN_MAX];
		struct dt_cpu_insn insn;
		bool known;

		memset(bytes, 0x90, sizeof(bytes));
		memcpy(bytes, s->bytes, strlen(s->bytes));
		known = dt_cpu_decode(bytes, sizeof(bytes), &insn);
		CHECK(known == (s->length != 0));
		if (!known || !s->length)
			continue;
		CHECK_INT(insn.length, s->length);
		CHECK_INT(insn.kind, s->kind);
		CHECK(dt_cpu_decode(bytes, insn.length, &insn));
		for (size_t n = 0; n < s->length; n++)
			CHECK(!dt_cpu_decode(bytes, n, &insn));
	}
}

static struct dt_cpu_insn decode(const char *bytes, size_t n)
{
	struct dt_cpu_insn insn;

	CHECK(dt_cpu_decode((const uint8_t *)bytes, n, &insn));
	return insn;
}

static void test_jumps(void)
{
	struct dt_cpu_insn insn = decode("\xeb\xfe", 2);

	CHECK_INT(insn.target, 0);
	insn = decode("\x0f\x85\xff\xff\xff\xff", 6); /* jne */
	CHECK_INT(insn.target, 5);
	CHECK_INT(insn.cond, 5);
	insn = decode("\x43\xff\x64\xc8\x10", 5); /* jmp *0x10(%r8,%r9,8) */
	CHECK(insn.operand.is_memory && !insn.operand.is_segment);
	CHECK_INT(insn.operand.base, 8);
	CHECK_INT(insn.operand.index, 9);
	CHECK_INT(insn.operand.scale, 8);
	CHECK_INT(insn.operand.disp, 16);
	insn = decode("\xff\x24\xc5\x00\x10\x00\x00", 7); /* jmp *0x1000(,%rax,8) */
	CHECK_INT(insn.operand.base, DT_CPU_NO_REG);
	CHECK_INT(insn.operand.index, 0);
	CHECK_INT(insn.operand.disp, 0x1000);
	insn = decode("\xff\x25\xf0\xff\xff\xff", 6); /* jmp *-16(%rip) */
	CHECK_INT(insn.operand.base, DT_CPU_REG_IP);
	CHECK_INT(insn.operand.disp, -16);
	insn = decode("\x41\xff\xe4", 3); /* jmp *%r12 */
	CHECK(!insn.operand.is_memory);
	CHECK_INT(insn.operand.base, 12);
	insn = decode("\x64\xff\x20", 3); /* jmp *%fs:(%rax) */
	CHECK(insn.operand.is_segment);
}

/* ---- objdump ---- */

static bool starts(const char *text, const char *word)
{
	return !strncmp(text, word, strlen(word));
}

static enum dt_cpu_kind kind_of(const char *text)
{
	static const char *const prefixes[] = { "bnd ", "repz ", "data16 ", "cs ", "rex.W " };
	bool is_switch = starts(text, "notrack ");

	if (is_switch)
		text += strlen("notrack ");
	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (starts(text, prefixes[i]))
			text += strlen(prefixes[i]);
	if (starts(text, "ret"))
		return DT_CPU_RETURN;
	if (starts(text, "jmp"))
		return text[strcspn(text, "*0123456789")] != '*' ? DT_CPU_JUMP
		       : is_switch                               ? DT_CPU_JUMP_SWITCH
								 : DT_CPU_JUMP_VALUE;
	if (starts(text, "jrcxz") || starts(text, "jecxz") || starts(text, "loop"))
		return DT_CPU_JUMP_COUNT;
	if (*text == 'j')
		return DT_CPU_JUMP_IF;
	return starts(text, "ud") || starts(text, "hlt") || starts(text, "int3") ? DT_CPU_STOP
										 : DT_CPU_PLAIN;
}

/* One line: "  ADDRESS:\tBYTES\tTEXT".  False: the line is no instruction. */
static bool parse_line(char *line, uint64_t *addr, uint8_t *bytes, size_t *n, char **text)
{
	char *at = strchr(line, ':'), *end = line;

	*n = 0;
	if (!at || at[1] != '\t')
		return false;
	*addr = strtoull(line, NULL, 16);
	for (at += 2; *n < DT_CPU_INSN_MAX && *at && *at != '\t'; at = end) {
		bytes[*n] = (uint8_t)strtoul(at, &end, 16);
		if (end == at)
			break;
		(*n)++;
	}
	*text = strchr(at, '\t');
	if (!*text || !*n)
		return false;
	(*text)++;
	return !strstr(*text, "(bad)");
}

static bool agrees(const char *line, uint64_t addr, const uint8_t *bytes, size_t n,
		   const char *text)
{
	enum dt_cpu_kind kind = kind_of(text);
	struct dt_cpu_insn insn;
	const char *target;

	/* objdump shows "fwait" and what follows it as one. */
	if (bytes[0] == 0x9b && n > 1)
		return true;
	if (dt_cpu_decode(bytes, n, &insn) && insn.length == n && insn.kind == kind) {
		if (kind != DT_CPU_JUMP && kind != DT_CPU_JUMP_IF)
			return true;
		target = strstr(text, "  ");
		target = target ? target : strrchr(text, 'j');
		target += strcspn(target, " ");
		if (strtoull(target, NULL, 16) == addr + (uint64_t)insn.target)
			return true;
	}
	fprintf(stderr, "not as objdump has it: %s", line);
	return false;
}

static void compare_with_objdump(const char *path)
{
	char command[512], line[1024], copy[1024], *text;
	unsigned long n = 0, nbad = 0;
	uint8_t bytes[DT_CPU_INSN_MAX];
	uint64_t addr;
	size_t length;
	FILE *f;

	snprintf(command, sizeof(command), "objdump -dw --insn-width=16 -j .text '%s'", path);
	f = popen(command, "r");
	while (f && nbad < 10 && fgets(line, sizeof(line), f)) {
		strcpy(copy, line);
		if (!parse_line(copy, &addr, bytes, &length, &text))
			continue;
		n++;
		nbad += !agrees(line, addr, bytes, length, text);
	}
	if (f)
		pclose(f);
	printf("%s: %lu instructions\n", path, n);
	CHECK(n > 10000);
	CHECK_INT(nbad, 0);
}

/* The file of a library that this program can load. */
static void compare_library(const char *name, const char *symbol)
{
	void *lib = dlopen(name, RTLD_NOW);
	Dl_info info;

	if (lib && dladdr(dlsym(lib, symbol), &info))
		compare_with_objdump(info.dli_fname);
	else
		printf("%s is not here\n", name);
}

int main(void)
{
	test_samples();
	test_jumps();
	compare_library("libc.so.6", "printf");
	compare_library("libm.so.6", "fabs"); /* FMA4, AVX2, AVX-512 */
	return test_end();
}

#else

int main(void)
{
	printf("no decoder for this processor\n");
	return test_end();
}

#endif
