/* SPDX-License-Identifier: MIT */
/*
 * Addresses in processes and their names: the mappings of each process, the objects behind them,
 * and code made at run time.  Mappings are read when a process is first asked about, and again when
 * an address is in none of them or when they are a second old.  They are kept when the process has
 * ended, so that late questions still get names.
 */
#include <elf.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include "base/table.h"
#include "base/util.h"
#include "symbols/maps.h"
#include "symbols/object.h"

static const uint64_t stale_ns = 1000000000; /* mappings this old are read again */
static const uint64_t retry_ns = 10000000;   /* at least this long between two reads */

struct process {
	pid_t pid;
	uid_t user; /* when the mappings were last read */
	struct dt_maps maps;
	struct dt_object **objects; /* of each mapping; NULL: not opened yet */
	uint64_t read_ns;
	struct dt_perfmap *jit;
};

struct dt_usyms {
	struct dt_objects *objects;
	struct dt_table processes; /* pid -> struct process */
	struct dt_demangler *demangler;
	bool demangle;
	char *demangled; /* the last one */
};

static struct dt_object *const no_object = (struct dt_object *)-1; /* could not be opened */

struct dt_usyms *dt_usyms_new(struct dt_objects *objects)
{
	struct dt_usyms *us = calloc(1, sizeof(*us));

	if (us)
		us->objects = objects;
	return us;
}

static void process_free(struct process *p)
{
	if (!p)
		return;
	dt_maps_free(&p->maps);
	dt_perfmap_free(p->jit);
	free(p->objects);
	free(p);
}

void dt_usyms_free(struct dt_usyms *us)
{
	if (!us)
		return;
	for (size_t i = 0; i < us->processes.nslots; i++) {
		if (us->processes.slots[i].key)
			process_free(us->processes.slots[i].value);
	}
	dt_table_free(&us->processes);
	dt_demangler_free(us->demangler);
	free(us->demangled);
	free(us);
}

void dt_usyms_demangle(struct dt_usyms *us, bool on)
{
	us->demangle = on;
}

static struct process *known(struct dt_usyms *us, pid_t pid)
{
	return dt_table_get(&us->processes, &pid, sizeof(pid));
}

void dt_usyms_forget(struct dt_usyms *us, pid_t pid)
{
	process_free(known(us, pid));
	dt_table_remove(&us->processes, &pid, sizeof(pid));
}

static bool same_maps(const struct dt_maps *a, const struct dt_maps *b)
{
	return a->text && a->text_len == b->text_len && !memcmp(a->text, b->text, a->text_len);
}

/* Whose files the process makes; as far as /proc shows it without reading a file. */
static void note_user(struct process *p)
{
	struct stat st;
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", (int)p->pid);
	if (stat(path, &st) == 0)
		p->user = st.st_uid;
}

/* MAPS become P's.  The objects are looked up again, which the cache makes cheap. */
static int replace_maps(struct process *p, struct dt_maps *maps)
{
	struct dt_object **objects;

	if (same_maps(&p->maps, maps)) {
		dt_maps_free(maps);
		return 0;
	}
	/* a program that has mapped nothing any more is ending: what it had is worth more */
	if (!maps->list.n && p->maps.list.n) {
		dt_maps_free(maps);
		return -ESRCH;
	}
	objects = calloc(maps->list.n + 1, sizeof(struct dt_object *));
	if (!objects) {
		dt_maps_free(maps);
		return -ENOMEM;
	}
	dt_maps_free(&p->maps);
	free(p->objects);
	p->maps = *maps;
	p->objects = objects;
	note_user(p);
	return 0;
}

int dt_usyms_snapshot(struct dt_usyms *us, pid_t pid)
{
	struct process *p = known(us, pid);
	struct dt_maps maps = { 0 };
	void **place;
	int err = pid > 0 ? dt_maps_read(pid, &maps) : -ESRCH;

	if (p)
		p->read_ns = dt_now_ns();
	if (err) {
		dt_maps_free(&maps);
		return err;
	}
	if (p)
		return replace_maps(p, &maps);
	p = calloc(1, sizeof(*p));
	place = p ? dt_table_at(&us->processes, &pid, sizeof(pid), true) : NULL;
	if (!place) {
		free(p);
		dt_maps_free(&maps);
		return -ENOMEM;
	}
	*place = p;
	p->pid = pid;
	p->read_ns = dt_now_ns();
	return replace_maps(p, &maps);
}

static struct process *lookup(struct dt_usyms *us, pid_t pid)
{
	struct process *p = known(us, pid);

	if (!p || dt_now_ns() - p->read_ns > stale_ns)
		dt_usyms_snapshot(us, pid);
	return known(us, pid);
}

/* Every process has the kernel's vdso of its word size: ours serves for all 64-bit ones. */
static struct dt_object *open_vdso(struct dt_usyms *us, const struct dt_mapping *map)
{
	const Elf64_Ehdr *image = (const void *)getauxval(AT_SYSINFO_EHDR);

	if (!image || map->start >> 32 == 0 || image->e_ident[EI_CLASS] != ELFCLASS64)
		return NULL;
	return dt_object_from_memory(us->objects, map->name, image,
				     image->e_shoff + (size_t)image->e_shnum * image->e_shentsize);
}

static bool is_vdso(const struct dt_mapping *map)
{
	return !strcmp(map->path, "[vdso]");
}

static struct dt_object *object_of(struct dt_usyms *us, struct process *p,
				   const struct dt_mapping *map)
{
	struct dt_object **place = &p->objects[map - p->maps.list.data];
	char path[PATH_MAX];

	if (!*place) {
		if (is_vdso(map))
			*place = open_vdso(us, map);
		else if (dt_mapping_is_file(map) &&
			 dt_mapping_open_path(p->pid, map, path, sizeof(path)) &&
			 dt_object_open(us->objects, path, place) != 0)
			*place = NULL;
		if (!*place)
			*place = no_object;
	}
	return *place == no_object ? NULL : *place;
}

static const char *object_name(const struct dt_mapping *map)
{
	return dt_mapping_is_file(map) || is_vdso(map) ? map->name : NULL;
}

static void find_symbol(struct dt_usyms *us, struct process *p, uint64_t addr, struct dt_usym *out)
{
	struct dt_object *obj = object_of(us, p, dt_maps_find(&p->maps, addr));
	uint64_t file_addr;
	struct dt_osym sym;

	if (!obj)
		return;
	file_addr = dt_object_offset_to_addr(obj, out->file_offset);
	if (file_addr == UINT64_MAX || !dt_object_addr(obj, file_addr, &sym))
		return;
	out->name = sym.name;
	out->size = sym.size;
	out->offset = file_addr - sym.addr;
	out->addr = addr - out->offset;
}

static void find_jit(struct process *p, uint64_t addr, struct dt_usym *out)
{
	if (!dt_perfmap_find(&p->jit, p->pid, p->user, addr, &out->name, &out->addr, &out->size))
		return;
	out->object = "[jit]";
	out->offset = addr - out->addr;
}

bool dt_usyms_addr(struct dt_usyms *us, pid_t pid, uint64_t addr, struct dt_usym *out)
{
	struct process *p = lookup(us, pid);
	const struct dt_mapping *map = p ? dt_maps_find(&p->maps, addr) : NULL;

	*out = (struct dt_usym){ 0 };
	if (p && !map && dt_now_ns() - p->read_ns > retry_ns && dt_usyms_snapshot(us, pid) == 0)
		map = dt_maps_find(&p->maps, addr);
	if (!map)
		return false;
	out->map = *map;
	out->object = object_name(map);
	out->file_offset = addr - map->start + map->offset;
	if (out->object)
		find_symbol(us, p, addr, out);
	if (!out->name && map->executable && (!out->object || map->deleted))
		find_jit(p, addr, out);
	return true;
}

static const char *shown_name(struct dt_usyms *us, const char *name)
{
	char *plain = us->demangle ? dt_demangle(&us->demangler, name) : NULL;

	if (!plain)
		return name;
	free(us->demangled);
	us->demangled = plain;
	return plain;
}

/* A return address that has no symbol in front of it may still begin one: a signal handler returns
 * to such code, which nothing has called. */
static bool text_symbol(struct dt_usyms *us, pid_t pid, uint64_t addr, enum dt_symtext how,
			struct dt_usym *out)
{
	if (how != DT_SYMTEXT_RETURN || !dt_usyms_addr(us, pid, addr - 1, out) || !out->name)
		return dt_usyms_addr(us, pid, addr, out);
	out->offset++;
	return true;
}

size_t dt_usyms_text(struct dt_usyms *us, pid_t pid, uint64_t addr, enum dt_symtext how, char *buf,
		     size_t size)
{
	struct dt_usym sym;
	int len;

	if (!text_symbol(us, pid, addr, how, &sym) || !sym.object) {
		len = snprintf(buf, size, "0x%llx", (unsigned long long)addr);
		return len < 0 ? 0 : (size_t)len;
	}
	if (how == DT_SYMTEXT_MODULE)
		len = snprintf(buf, size, "%s", sym.object);
	else if (!sym.name)
		len = snprintf(buf, size, "%s`0x%llx", sym.object, (unsigned long long)addr);
	else if (how == DT_SYMTEXT_NAME || !sym.offset)
		len = snprintf(buf, size, "%s`%s", sym.object, shown_name(us, sym.name));
	else
		len = snprintf(buf, size, "%s`%s+0x%llx", sym.object, shown_name(us, sym.name),
			       (unsigned long long)sym.offset);
	return len < 0 ? 0 : (size_t)len;
}

int dt_usyms_each_mapping(struct dt_usyms *us, pid_t pid, dt_mapping_fn *fn, void *arg)
{
	int stop = dt_usyms_snapshot(us, pid);
	struct process *p = known(us, pid);

	if (stop && !(p && stop == -ESRCH))
		return stop;
	stop = 0;
	for (size_t i = 0; !stop && i < p->maps.list.n; i++)
		stop = fn(&p->maps.list.data[i], arg);
	return stop;
}

/* The first executable mapping of a file represents it. */
static bool is_first_of_file(const struct dt_maps *maps, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (maps->list.data[j].executable &&
		    maps->list.data[j].inode == maps->list.data[i].inode &&
		    !strcmp(maps->list.data[j].path, maps->list.data[i].path))
			return false;
	}
	return true;
}

static int call_for_objects(struct process *p, const char *program, bool want_program,
			    dt_uobject_fn *fn, void *arg)
{
	int stop = 0;

	for (size_t i = 0; !stop && i < p->maps.list.n; i++) {
		const struct dt_mapping *m = &p->maps.list.data[i];
		char path[PATH_MAX];
		bool is_program = !strcmp(m->path, program);

		if (!m->executable || !dt_mapping_is_file(m) || is_program != want_program ||
		    !is_first_of_file(&p->maps, i) ||
		    !dt_mapping_open_path(p->pid, m, path, sizeof(path)))
			continue;
		stop = fn(m, path, is_program, arg);
	}
	return stop;
}

int dt_usyms_each_object(struct dt_usyms *us, pid_t pid, dt_uobject_fn *fn, void *arg)
{
	int stop = dt_usyms_snapshot(us, pid);
	struct process *p = known(us, pid);
	char link[64], program[PATH_MAX];
	ssize_t len;

	if (stop)
		return stop;
	snprintf(link, sizeof(link), "/proc/%d/exe", (int)pid);
	len = readlink(link, program, sizeof(program) - 1);
	program[len < 0 ? 0 : len] = '\0';
	stop = call_for_objects(p, program, true, fn, arg);
	return stop ? stop : call_for_objects(p, program, false, fn, arg);
}
