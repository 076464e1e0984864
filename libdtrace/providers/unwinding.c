/* SPDX-License-Identifier: MIT */
/*
 * What can unwind or switch stacks in a process shows in the names that its objects import or
 * define.  The list is on the safe side: code that may come later counts, too.  A program that
 * imports dlopen() may load a C++ library; one that imports pthread_exit() or pthread_cancel()
 * makes the C library load an unwinder.  Where names do not tell (no dynamic symbols, code made at
 * run time, a file that cannot be read), the answer is yes.
 */
#include <string.h>
#include "base/util.h"
#include "providers/unwinding.h"

static const char *const unwinding_prefixes[] = {
	"_Unwind_",
	"__cxa_throw",
	"__cxa_rethrow",
	"__cxa_begin_catch",
};

/* Imports only: the C library, which defines some of them, does not count. */
static const char *const unwinding_imports[] = {
	"__gcc_personality_v0",
	"__libc_dlopen_mode",
	"_dl_find_object",
	"backtrace",
	"dl_iterate_phdr",
	"dlmopen",
	"dlopen",
	"dlsym",
	"dlvsym",
	"pthread_cancel",
	"pthread_exit",
	"thrd_exit",
	/* other stacks */
	"getcontext",
	"makecontext",
	"setcontext",
	"sigaltstack",
	"swapcontext",
};

static bool is_unwinder(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(unwinding_prefixes); i++)
		if (!strncmp(name, unwinding_prefixes[i], strlen(unwinding_prefixes[i])))
			return true;
	return false;
}

static bool leads_to_unwinding(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(unwinding_imports); i++)
		if (!strcmp(name, unwinding_imports[i]))
			return true;
	return false;
}

struct question {
	struct dt_objects *objects;
	bool has_library; /* the C library is mapped, and before it all that the program names */
	bool may_unwind;
};

/* What Go's linker leaves in every program: its stacks move. */
static bool is_go(const struct dt_object *obj)
{
	return dt_object_has_section(obj, ".gopclntab") ||
	       dt_object_has_section(obj, ".go.buildinfo");
}

/* A static program, which has no table of names, may contain anything. */
static bool object_may_unwind(const struct dt_object *obj)
{
	struct dt_dynamic_names names, others;

	return is_go(obj) || dt_object_dynamic_names(obj, is_unwinder, &names) ||
	       dt_object_dynamic_names(obj, leads_to_unwinding, &others) || names.imports ||
	       names.defines || others.imports;
}

static int ask_object(const struct dt_mapping *map, const char *open_path,
		      bool is_program DT_UNUSED, void *arg)
{
	struct question *q = arg;
	struct dt_object *obj;

	q->has_library |= !strncmp(map->name, "libc.", strlen("libc."));
	q->may_unwind = dt_object_open(q->objects, open_path, &obj) || object_may_unwind(obj);
	return q->may_unwind;
}

static int ask_mapping(const struct dt_mapping *map, void *arg)
{
	struct question *q = arg;
	bool is_kernels = !strcmp(map->path, "[vdso]") || !strcmp(map->path, "[vsyscall]") ||
			  !strcmp(map->path, "[uprobes]");

	q->may_unwind = map->executable && !is_kernels && (map->deleted || map->path[0] != '/');
	return q->may_unwind;
}

bool dt_may_unwind(struct dt_usyms *us, struct dt_objects *objects, pid_t pid)
{
	struct question q = { .objects = objects };

	return dt_usyms_each_mapping(us, pid, ask_mapping, &q) ||
	       dt_usyms_each_object(us, pid, ask_object, &q) || !q.has_library;
}
