/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a script: `fuzz-compile SECONDS [SEED] FILE...`.
 *
 * The files (scripts that are right and scripts that are wrong) are cut, joined, repeated and
 * spoilt by a random generator and given to dtrace_program_strcompile().  A batch runs in a child:
 * a crash, a hang, a failure without a message, or a sanitizer's report ends it, and the input is
 * left in fuzz-crash.d.  No privilege is needed.  Prints `N passed, N failed`.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <dtrace.h>
#include "random.h"

#define MAX_SCRIPT     4096
#define BATCH          200
#define SCRIPT_SECONDS 5

struct text {
	char *bytes;
	size_t length;
};

/* Seen by parent and child: what was being compiled when the child died. */
struct shared {
	char script[MAX_SCRIPT + 1];
	unsigned long compiled;
};

static const char *const tokens[] = { "{",
				      "}",
				      "(",
				      ")",
				      "/",
				      "[",
				      "]",
				      ";",
				      ",",
				      "@",
				      "self->",
				      "this->",
				      "->",
				      "::",
				      "BEGIN",
				      "syscall:::entry",
				      "0x",
				      "1",
				      "-1",
				      "9223372036854775808",
				      "'a'",
				      "\"s\"",
				      "\"",
				      "/*",
				      "*/",
				      "//",
				      "?",
				      ":",
				      "==",
				      "&&",
				      "^^",
				      "<<=",
				      "++",
				      "--",
				      "*",
				      "&",
				      "~",
				      "!",
				      "sizeof",
				      "struct",
				      "int",
				      "char *",
				      "unsigned long long",
				      "count()",
				      "quantize(",
				      "lquantize(",
				      "printf(\"%d\",",
				      "printa(",
				      "trace(",
				      "exit(0)",
				      "$1",
				      "$$1",
				      "$target",
				      "arg0",
				      "args[0]",
				      "`",
				      "#pragma D option ",
				      "inline",
				      "typedef",
				      "string",
				      "stringof",
				      "copyinstr(",
				      "\\",
				      "\n",
				      "\t",
				      "%",
				      "...",
				      "\x80",
				      "\xff",
				      "union {",
				      "enum {",
				      "translator",
				      "offsetof(" };

static uint64_t state;

static uint64_t rnd(uint64_t below)
{
	return random_next(&state) % below;
}

static size_t append(char *script, size_t length, const char *bytes, size_t n)
{
	if (n > MAX_SCRIPT - length)
		n = MAX_SCRIPT - length;
	memcpy(script + length, bytes, n);
	return length + n;
}

static size_t some_of(char *script, size_t length, const struct text *text)
{
	size_t from = text->length ? rnd(text->length) : 0;

	return append(script, length, text->bytes + from,
		      text->length ? rnd(text->length - from + 1) : 0);
}

static void mutate(char *script, const struct text *texts, size_t ntexts)
{
	const struct text *base = &texts[rnd(ntexts)];
	size_t length = rnd(4) ? append(script, 0, base->bytes, base->length)
			       : some_of(script, 0, base);

	for (uint64_t i = rnd(6) + 1; i > 0; i--) {
		const char *token = tokens[rnd(sizeof(tokens) / sizeof(tokens[0]))];
		size_t at = length ? rnd(length) : 0, n = strlen(token);

		switch (rnd(6)) {
		case 0:
			if (length)
				script[at] = (char)(rnd(255) + 1);
			break;
		case 1: length = some_of(script, length, &texts[rnd(ntexts)]); break;
		case 2: /* cut a piece out */
			if (length) {
				size_t cut = rnd(length - at < 30 ? length - at : 30);

				memmove(script + at, script + at + cut, length - at - cut);
				length -= cut;
			}
			break;
		default: /* a token in between */
			if (length + n <= MAX_SCRIPT) {
				memmove(script + at + n, script + at, length - at);
				memcpy(script + at, token, n);
				length += n;
			}
		}
	}
	script[length] = '\0';
	for (size_t i = 0; i < length; i++) {
		if (!script[i])
			script[i] = ' ';
	}
}

/* 0, or 1 when a refused script came without its reason. */
static int compile_one(const char *script)
{
	char *arguments[] = { (char *)"fuzz", (char *)"1" };
	int error = 0, status = 0;
	dtrace_hdl_t *dtp = dtrace_open(DTRACE_VERSION, DTRACE_O_NODEV, &error);

	if (!dtp)
		return 1;
	alarm(SCRIPT_SECONDS);
	if (!dtrace_program_strcompile(dtp, script, DTRACE_PROBESPEC_NAME, DTRACE_C_ARGREF, 2,
				       arguments))
		status = !dtrace_errno(dtp) || !*dtrace_errmsg(dtp, dtrace_errno(dtp));
	alarm(0);
	dtrace_close(dtp);
	return status;
}

static int batch(struct shared *shared, const struct text *texts, size_t ntexts)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		for (int i = 0; i < BATCH; i++) {
			mutate(shared->script, texts, ntexts);
			if (compile_one(shared->script))
				exit(3);
			shared->compiled++;
		}
		exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return 1;
	return status != 0;
}

static struct text read_text(const char *path)
{
	struct text text = { NULL, 0 };
	FILE *file = fopen(path, "r");

	if (!file)
		return text;
	text.bytes = malloc(MAX_SCRIPT);
	text.length = text.bytes ? fread(text.bytes, 1, MAX_SCRIPT, file) : 0;
	fclose(file);
	return text;
}

int main(int argc, char **argv)
{
	time_t until = time(NULL) + (argc > 1 ? atoi(argv[1]) : 10);
	static struct text *texts; /* static: a leak checker must see that they are still known */
	struct shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	size_t ntexts = 0;
	int failed = 0;

	texts = calloc((size_t)argc, sizeof(*texts));
	if (argc < 4 || !texts || shared == MAP_FAILED)
		return 2;
	state = (uint64_t)strtoull(argv[2], NULL, 0) | 1;
	for (int i = 3; i < argc; i++) {
		struct text text = read_text(argv[i]);

		if (text.length)
			texts[ntexts++] = text;
	}
	while (ntexts && !failed && time(NULL) < until) {
		rnd(2);
		failed = batch(shared, texts, ntexts);
		state += shared->compiled * 2654435761u; /* the child's steps are its own */
	}
	if (failed) {
		FILE *file = fopen("fuzz-crash.d", "w");

		if (file) {
			fputs(shared->script, file);
			fclose(file);
		}
		fprintf(stderr,
			"fuzz: this script, kept in fuzz-crash.d, ended the compiler badly:\n%s\n",
			shared->script);
	}
	printf("%lu passed, %d failed\n", shared->compiled, failed);
	return failed;
}
