/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as the files of a traced process: `fuzz-files SECONDS SEED FILE...`.
 *
 * The files (programs and libraries) are spoilt by a random generator and given to the readers of
 * ELF files and to the decoder of functions, and texts to those of /proc/PID/maps and of perf maps,
 * names to the demangler.  A batch runs in a child: a crash, a hang or a sanitizer's report ends
 * it, and the input is left in fuzz-crash.bin.  Prints `N passed, N failed`.
 */
#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include "base/arena.h"
#include "base/util.h"
#include "providers/exits.h"
#include "providers/operand.h"
#include "symbols/maps.h"
#include "symbols/symbols.h"
#include "random.h"

#define MAX_FILE      (256 * 1024)
#define BATCH         200
#define INPUT_SECONDS 10

struct input {
	size_t len;
	char bytes[MAX_FILE + 1];
};

/* Seen by parent and child: what was being read when the child died. */
struct shared {
	struct input input;
	unsigned long read;
};

static uint64_t state;

static uint64_t rnd(uint64_t below)
{
	return random_next(&state) % below;
}

/* ---- spoiling ---- */

static uint64_t odd_number(void)
{
	static const uint64_t odd[] = { 0,          1,         2,          0x7f,       0xff,
					0x7fff,     0xffff,    0x7fffffff, 0xffffffff, 1ULL << 32,
					1ULL << 40, INT64_MAX, UINT64_MAX };

	return rnd(3) ? odd[rnd(ARRAY_SIZE(odd))] : rnd(MAX_FILE);
}

/* Half of the changes go where one byte decides much: the headers of the file, of its segments and
 * of its sections. */
static size_t some_place(const struct input *in)
{
	Elf64_Ehdr eh;
	size_t at = rnd(in->len);

	if (in->len < sizeof(eh) || rnd(2))
		return at;
	memcpy(&eh, in->bytes, sizeof(eh));
	switch (rnd(3)) {
	case 0: return rnd(sizeof(eh));
	case 1: at = eh.e_phoff + rnd(sizeof(Elf64_Phdr) * (eh.e_phnum + 1U)); break;
	default: at = eh.e_shoff + rnd(sizeof(Elf64_Shdr) * (eh.e_shnum + 1U)); break;
	}
	return at % in->len;
}

static void spoil(struct input *in)
{
	for (uint64_t n = rnd(8); n > 0 && in->len > 16; n--) {
		size_t at = some_place(in), width = 1ULL << rnd(4);
		uint64_t number = odd_number();

		switch (rnd(8)) {
		case 0: in->bytes[at] ^= (char)(1 << rnd(8)); break;
		case 1: in->bytes[at] = (char)rnd(256); break;
		case 2: in->len = at + 1; break;
		default:
			at &= ~(width - 1);
			memcpy(in->bytes + at, &number, DT_MIN(width, in->len - at));
		}
	}
	in->bytes[in->len] = '\0';
}

/* ---- the readers ---- */

static bool matches_nothing(const char *name)
{
	return strlen(name) > 1000;
}

static int decode(const struct dt_osym *sym, void *arg)
{
	struct dt_object *obj = *(struct dt_object **)arg;
	struct dt_arena *arena = dt_arena_new();
	struct dt_exits exits;

	dt_exits_find(obj, sym, arena, &exits);
	dt_exits_fit_trampoline(obj, sym);
	dt_arena_free(arena);
	return rnd(50) == 0;
}

static void parse_operands(const char *text)
{
	struct dt_operand ops[DT_MAX_OPERANDS];
	const char *end = text + strlen(text);

	dt_operands_parse(text, ops);
	dt_operand_x86_64(text, end, &ops[0]);
	dt_operand_arm64(text, end, &ops[0]);
}

static void read_notes(struct dt_object *obj)
{
	const struct dt_note *notes;
	size_t n;

	if (dt_object_notes(obj, &notes, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		dt_object_addr_to_offset(obj, notes[i].addr);
		parse_operands(notes[i].args);
	}
}

static void read_object(const struct input *in)
{
	struct dt_objects *objects = dt_objects_new();
	struct dt_dynamic_names names;
	struct dt_object *obj;
	struct dt_osym sym;
	char path[64], bytes[64];
	size_t len;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, in->bytes, in->len) == (ssize_t)in->len &&
	    dt_object_open(objects, path, &obj) == 0) {
		if (!rnd(10) && ftruncate(fd, (off_t)rnd(in->len)) != 0)
			abort();
		dt_object_is_64(obj);
		dt_object_build_id(obj, &len);
		dt_object_name(obj, "main", &sym);
		for (int i = 0; i < 20; i++)
			dt_object_addr(obj, rnd(4) ? rnd(in->len) : odd_number(), &sym);
		dt_object_is_code(obj, dt_object_entry(obj));
		dt_object_addr_to_offset(obj, dt_object_offset_to_addr(obj, rnd(in->len)));
		dt_object_dynamic_names(obj, matches_nothing, &names);
		dt_object_has_section(obj, ".note.go.buildid");
		read_notes(obj);
		dt_object_read(obj, odd_number(), bytes, sizeof(bytes));
		dt_object_each_function(obj, decode, &obj);
	}
	close(fd);
	dt_objects_free(objects);
}

static void read_maps(const struct input *in)
{
	struct dt_maps maps = { .text = strdup(in->bytes) };
	char path[256];

	dt_maps_parse(&maps);
	for (size_t i = 0; i < maps.list.n && i < 4; i++)
		dt_mapping_open_path(getpid(), &maps.list.data[rnd(maps.list.n)], path,
				     sizeof(path));
	dt_maps_find(&maps, odd_number());
	dt_maps_free(&maps);
}

static void read_perfmap(const struct input *in)
{
	struct dt_perfmap *map = NULL;
	const char *name;
	uint64_t start, size;
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/tmp/perf-%d.map", (int)getpid());
	file = fopen(path, "w");
	if (file) {
		fwrite(in->bytes, 1, in->len, file);
		fclose(file);
	}
	for (int i = 0; i < 20; i++)
		dt_perfmap_find(&map, getpid(), getuid(), odd_number(), &name, &start, &size);
	dt_perfmap_free(map);
	unlink(path);
}

static void read_name(const struct input *in)
{
	static struct dt_demangler *demangler;

	free(dt_demangle(&demangler, in->bytes));
	parse_operands(in->bytes);
}

/* ---- inputs ---- */

static void take(struct input *in, const char *path)
{
	FILE *file = fopen(path, "r");

	in->len = file ? fread(in->bytes, 1, MAX_FILE, file) : 0;
	in->bytes[in->len] = '\0';
	if (file)
		fclose(file);
}

static void take_text(struct input *in, const char *text)
{
	in->len = strlen(text);
	memcpy(in->bytes, text, in->len + 1);
}

static void read_one(struct input *in, char **files, size_t n)
{
	static const char perfmap[] =
		"7f0000001000 40 py::f:/x.py\n7f0000001040 10 LazyCompile:~g\n"
		"zz\n ffffffffffffffff 1 end\n1 2 \n";
	static const char *const names[] = { "_ZNSt6vectorIiSaIiEE9push_backEOi",
					     "_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE",
					     "_RNvC6_123foo3bar" };

	switch (rnd(10)) {
	case 0:
		take(in, "/proc/self/maps");
		spoil(in);
		read_maps(in);
		break;
	case 1:
		take_text(in, perfmap);
		spoil(in);
		read_perfmap(in);
		break;
	case 2:
		take_text(in, names[rnd(ARRAY_SIZE(names))]);
		spoil(in);
		read_name(in);
		break;
	default:
		take(in, files[rnd(n)]);
		spoil(in);
		read_object(in);
	}
}

static int batch(struct shared *shared, char **files, size_t n)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		for (int i = 0; i < BATCH; i++) {
			alarm(INPUT_SECONDS);
			read_one(&shared->input, files, n);
			shared->read++;
		}
		exit(0); /* which writes the coverage */
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return 1;
	return status != 0;
}

int main(int argc, char **argv)
{
	time_t until = time(NULL) + (argc > 1 ? atoi(argv[1]) : 10);
	struct shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int failed = 0;

	if (argc < 4 || shared == MAP_FAILED) {
		fprintf(stderr, "usage: fuzz-files SECONDS SEED FILE...\n");
		return 2;
	}
	state = 0x9e3779b97f4a7c15ULL ^ strtoull(argv[2], NULL, 10);
	printf("fuzz: files, seed %s\n", argv[2]);
	fflush(stdout); /* or each child would print it, too */
	while (time(NULL) < until && !failed) {
		failed = batch(shared, argv + 3, (size_t)argc - 3);
		rnd(2); /* or the next child would draw the same numbers */
		state += shared->read;
	}
	if (failed) {
		FILE *file = fopen("fuzz-crash.bin", "w");

		if (file) {
			fwrite(shared->input.bytes, 1, shared->input.len, file);
			fclose(file);
		}
		fprintf(stderr, "fuzz: the input in fuzz-crash.bin ended a reader badly\n");
	}
	printf("%lu passed, %d failed\n", shared->read, failed);
	return failed;
}
