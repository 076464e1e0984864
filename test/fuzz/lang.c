/* SPDX-License-Identifier: MIT */
/*
 * Bytes against the parser.  Whatever they are, parsing ends, with a tree or an error, and the tree
 * can be printed. With clang (-Dfuzz=true) this is a libFuzzer target; without, a loop of a few
 * seconds that mutates the seeds below with a fixed generator, run under the sanitizers as the unit
 * test `lang-fuzz`.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/strbuf.h"
#include "lang/lang.h"
#include "random.h"

static bool is_type(void *arg, const char *name, size_t len)
{
	(void)arg;
	(void)name;
	return len % 3 == 0;
}

struct input {
	struct dt_parse_opts opts;
	bool is_type;
	struct dt_strbuf out;
};

static void parse(struct dt_compile *compile, void *arg)
{
	struct input *in = arg;

	if (in->is_type)
		dt_ast_dump_type(&in->out, dt_parse_type(compile, &in->opts));
	else
		dt_ast_dump(&in->out, dt_parse(compile, &in->opts));
}

static bool parses(const uint8_t *data, size_t size, unsigned int form)
{
	static char *const argv[] = { (char *)"p", (char *)"1", (char *)"a+(b", (char *)"\"x" };
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct input in = { .is_type = form % 16 == 14 };
	bool ok;

	in.opts = (struct dt_parse_opts){
		.text = (const char *)data,
		.len = size,
		.probespec = (enum dt_pspec)(form % 5) - 1,
		.empty = true,
		.argref = true,
		.pspec = form & 8,
		.is_type = is_type,
		.macros = { .argc = 4, .argv = argv },
	};
	ok = dt_compile_run(&compile, parse, &in);
	if (!ok && !compile.diag.err)
		abort();
	dt_strbuf_free(&in.out);
	dt_arena_free(compile.arena);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size)
		parses(data + 1, size - 1, data[0]);
	return 0;
}

#ifndef DT_LIBFUZZER
static const char *const seeds[] = {
	"#!/usr/sbin/dtrace -s\n#pragma D option quiet\nsyscall::read:entry, "
	"pid$target:libc:mal*:entry /execname == \"sh\" && "
	"(arg2 / 2 > 10)/ { self->ts = timestamp; @a[execname, $1] = quantize(arg2); "
	"printf(\"%d\\n\", arg0); }",
	"typedef struct s { int a : 3; struct { char b[16], *c; }; unsigned long long d; } s_t; "
	"s_t *g; self foo_t x; this string y;"
	"int arr[string, int, s_t *]; inline int k[int i] = i ? xlate <s_t *> (g)->a : sizeof "
	"(s_t) + offsetof(s_t, d);",
	"translator s_t < struct task_struct *p > { a = p->x[1].y; string = stringof(`mod_x) + "
	"vmlinux`y; };\n"
	"provider foo { probe a__b(int, char *x) : (s_t *); probe c(); };\n#pragma D attributes "
	"A/B/C provider foo name\n",
	"BEGIN { if (x ^^ y) { z <<= 1; } else if (!z) z = ~-+*&z++; else { --z, $$2; } x ? y : z; "
	"'ab\\x41\\'' ; 0x1fULL; $2; }"
	" END;tick-1s,1-5/x//*c*/{ @[ustack()] = max((uint64_t)*(int **)p); } # 3 \"f.h\"\n// x\n",
};

static const char alphabet[] = "{}[]()/*;:,.\"'`@$#\\\n <>=+-&|^!~?%0x9aZ_e\0\xff";

/* One edit: a byte changed, put in or cut, or a piece of the text (of any seed) copied elsewhere.
 */
static size_t mutate(char *text, size_t len, size_t cap, uint64_t *state)
{
	size_t at = random_next(state) % (len + 1), n = random_next(state) % 24;
	const char *other = seeds[random_next(state) % ARRAY_SIZE(seeds)];
	size_t from = random_next(state) % strlen(other);

	switch (random_next(state) % 4) {
	case 0:
		if (at < len)
			text[at] = alphabet[random_next(state) % (sizeof(alphabet) - 1)];
		return len;
	case 1:
		n = DT_MIN(n, len - at);
		memmove(text + at, text + at + n, len - at - n);
		return len - n;
	case 2:
		n = DT_MIN(n, strlen(other + from));
		if (len + n > cap)
			return len;
		memmove(text + at + n, text + at, len - at);
		memcpy(text + at, other + from, n);
		return len + n;
	default: return random_next(state) % 64 ? len : at;
	}
}

int main(int argc, char **argv)
{
	unsigned int rounds = argc > 1 ? (unsigned int)atoi(argv[1]) : 20000, accepted = 0;
	uint64_t state = argc > 2 ? strtoull(argv[2], NULL, 0) : 0x9e3779b97f4a7c15;

	for (unsigned int i = 0; i < rounds; i++) {
		const char *seed = seeds[i % ARRAY_SIZE(seeds)];
		size_t cap = 4096, len = strlen(seed), edits = 1 + random_next(&state) % 6;
		char *text = malloc(cap);
		uint8_t *exact;

		memcpy(text, seed, len);
		while (edits--)
			len = mutate(text, len, cap, &state);
		exact = malloc(
			len ? len
			    : 1); /* of the text's size, so that a read behind its end shows */
		memcpy(exact, text, len);
		accepted += parses(exact, len, (unsigned int)random_next(&state));
		free(exact);
		free(text);
	}
	fprintf(stderr, "%u of %u texts are programs\n", accepted, rounds);
	printf("%u passed, 0 failed\n", rounds);
	return 0;
}
#endif
