/* SPDX-License-Identifier: MIT */
/*
 * Names of addresses and addresses of names: the kernel's from /proc/kallsyms, programs' from their
 * ELF files, and processes' through /proc/PID/maps.  Everything is lazy: a table is read at the
 * first question that needs it, and kept.  There are three objects, each owned by whoever made it
 * (the handle): dt_ksyms, dt_objects (a cache of ELF files) and dt_usyms (processes, on top of a
 * dt_objects).  api/, consume/ and the pid provider ask.
 */
#ifndef DT_SYMBOLS_SYMBOLS_H
#define DT_SYMBOLS_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* How an address is written: stack() keeps offsets, sym() drops them, mod() drops the name
 * (dtrace-text.md). */
enum dt_symtext {
	DT_SYMTEXT_OFFSET, /* vmlinux`vfs_read+0x12, vmlinux`vfs_read, vmlinux`0x..., 0x... */
	/* The same for a return address.  A function whose last instruction calls one that does not
	 * return is left to the next function's first instruction, so the name is that of the byte
	 * before.  The offset is still the return address's own. */
	DT_SYMTEXT_RETURN,
	DT_SYMTEXT_NAME,   /* vmlinux`vfs_read */
	DT_SYMTEXT_MODULE, /* vmlinux */
};

/* ---- the kernel (kallsyms.c) ---- */

struct dt_ksyms;

struct dt_ksym {
	const char *name;
	const char *module; /* "vmlinux" for the core kernel; "bpf" for BPF programs */
	uint64_t addr;
	uint64_t size; /* to the next symbol; 0: not known */
	char type;     /* nm's letter: t, T, w, W are functions */
};

struct dt_ksyms *dt_ksyms_new(void); /* reads nothing; NULL: out of memory */
void dt_ksyms_free(struct dt_ksyms *ks);
/* Modules come and go: the next question reads the list again.  Names returned before become
 * invalid. */
void dt_ksyms_reload(struct dt_ksyms *ks);
/* The symbol that covers ADDR.  False: none does, or addresses are hidden from this process
 * (kptr_restrict). */
bool dt_ksyms_addr(struct dt_ksyms *ks, uint64_t addr, struct dt_ksym *out);
/* The module of ADDR, even if no symbol covers it.  NULL: none. */
const char *dt_ksyms_module(struct dt_ksyms *ks, uint64_t addr);
/* MODULE NULL: any, the core kernel first. Functions before other symbols of that name. */
bool dt_ksyms_name(struct dt_ksyms *ks, const char *module, const char *name, struct dt_ksym *out);
/* How many functions have that name.  Of several static ones the name does not say which is
 * meant. */
unsigned int dt_ksyms_count(struct dt_ksyms *ks, const char *module, const char *name);
/* Calls FN for all symbols of MODULE (NULL: of all modules), by address, until FN returns something
 * other than 0, which is returned. */
typedef int dt_ksyms_fn(const struct dt_ksym *sym, void *arg);
int dt_ksyms_each(struct dt_ksyms *ks, const char *module, dt_ksyms_fn *fn, void *arg);
bool dt_ksyms_has_module(struct dt_ksyms *ks, const char *module);
static inline bool dt_ksym_is_func(const struct dt_ksym *sym)
{
	return sym->type == 't' || sym->type == 'T' || sym->type == 'w' || sym->type == 'W';
}
/* The text; the length it needs, as snprintf. */
size_t dt_ksyms_text(struct dt_ksyms *ks, uint64_t addr, enum dt_symtext how, char *buf,
		     size_t size);

/* Which functions can be traced (traceable.c), as the kernel lists them.  NULL: out of memory. */
struct dt_traceable;
struct dt_traceable *dt_traceable_new(void);
void dt_traceable_free(struct dt_traceable *t);           /* NULL is fine */
bool dt_traceable_is_known(const struct dt_traceable *t); /* false: the list cannot be read */
bool dt_traceable_has(struct dt_traceable *t, const char *name);

/* ---- ELF files (object.c, symtab.c, notes.c, debugfile.c) ---- */

struct dt_objects;
struct dt_object;

/* A symbol of an object. Addresses are the file's own (as nm shows them). */
struct dt_osym {
	const char *name; /* without @VERSION */
	uint64_t addr;
	uint64_t size;   /* to the next symbol where the file gives none */
	uint64_t offset; /* in the file: what a uprobe takes; UINT64_MAX: not in it */
	uint8_t type;    /* STT_FUNC, STT_OBJECT, STT_GNU_IFUNC (the resolver), STT_NOTYPE */
	uint8_t bind;    /* STB_GLOBAL, STB_WEAK, STB_LOCAL */
	bool is_open;    /* the file gives no size */
};

struct dt_objects *dt_objects_new(void);
void dt_objects_free(struct dt_objects *objects); /* and every object */
/* Opens a file by path; the same file by another path is the same object.  Symbols are read when
 * first asked for.  0 or -errno. */
int dt_object_open(struct dt_objects *objects, const char *path, struct dt_object **out);
const char *dt_object_path(const struct dt_object *obj);
bool dt_object_is_64(const struct dt_object *obj);
uint64_t dt_object_entry(const struct dt_object *obj);                       /* e_entry */
const uint8_t *dt_object_build_id(const struct dt_object *obj, size_t *len); /* NULL: has none */
bool dt_object_addr(struct dt_object *obj, uint64_t addr, struct dt_osym *out);
bool dt_object_name(struct dt_object *obj, const char *name, struct dt_osym *out);
/* Calls FN for its functions by address, each pair of address and name once, until FN returns
 * something other than 0, which is returned; or returns -errno. */
typedef int dt_osym_fn(const struct dt_osym *sym, void *arg);
int dt_object_each_function(struct dt_object *obj, dt_osym_fn *fn, void *arg);
/* By the program headers; UINT64_MAX: nowhere. */
uint64_t dt_object_offset_to_addr(const struct dt_object *obj, uint64_t offset);
uint64_t dt_object_addr_to_offset(const struct dt_object *obj, uint64_t addr);
bool dt_object_is_code(const struct dt_object *obj, uint64_t addr); /* mapped executable? */
/* What its dynamic symbol table says of the names that MATCH takes: it imports one, it defines one.
 * -ENOENT: it has no such table. */
struct dt_dynamic_names {
	bool imports, defines;
};
int dt_object_dynamic_names(const struct dt_object *obj, bool (*match)(const char *name),
			    struct dt_dynamic_names *out);
bool dt_object_has_section(const struct dt_object *obj, const char *name);
/* A probe that the file carries (notes.c).  Addresses are the file's own. */
struct dt_note {
	const char *provider, *name;
	const char *args;   /* "8@%rbx -4@$3": where its arguments are */
	uint64_t addr;      /* of the probed instruction */
	uint64_t semaphore; /* a counter that tracers raise; 0: none */
};
/* All of them; the list is the object's.  0 or -ENOMEM.  A 32-bit file has none for us. */
int dt_object_notes(struct dt_object *obj, const struct dt_note **list, size_t *n);
/* Bytes of the file. The count, or -errno. */
ssize_t dt_object_read(const struct dt_object *obj, uint64_t offset, void *buf, size_t size);

/* ---- processes (user.c, maps.c, perfmap.c) ---- */

struct dt_usyms;

/* One mapping of a process, as /proc/PID/maps has it. */
struct dt_mapping {
	uint64_t start, end;
	uint64_t offset; /* in the file */
	uint64_t inode;
	bool readable, writable, executable;
	bool deleted;     /* the file has no name any more */
	const char *path; /* as the process names it; "" anonymous, "[vdso]", "[heap]"... */
	const char *name; /* its base name */
};

/* Where an address of a process belongs. */
struct dt_usym {
	const char *object; /* base name of the file, "[vdso]", "[jit]"; NULL: none */
	const char *name;   /* NULL: no symbol covers it */
	uint64_t addr;      /* where the symbol begins, in the process */
	uint64_t size;
	uint64_t offset;      /* of the asked address from addr */
	uint64_t file_offset; /* of the asked address, in the object's file */
	struct dt_mapping map;
};

struct dt_usyms *dt_usyms_new(struct dt_objects *objects); /* OBJECTS must live longer */
void dt_usyms_free(struct dt_usyms *us);
/* Demangle C++ and Rust names in text (off at first): libstdc++ is loaded at the first mangled
 * name. */
void dt_usyms_demangle(struct dt_usyms *us, bool on);
/*
 * Reads PID's mappings now, so that its addresses have names even after it has ended.  Returns 0,
 * or -errno if there is no such process (what is known of it stays).  The questions below do this
 * by themselves when they must.
 */
int dt_usyms_snapshot(struct dt_usyms *us, pid_t pid);
void dt_usyms_forget(struct dt_usyms *us, pid_t pid);
/* False: PID is unknown, or ADDR is in no mapping; OUT is then zeroed.  Code made by a JIT compiler
 * has the names of /tmp/perf-PID.map.  Names live until the next question about PID. */
bool dt_usyms_addr(struct dt_usyms *us, pid_t pid, uint64_t addr, struct dt_usym *out);
/* The text of an address; the length it needs, as snprintf. Unknown process or pid 0: 0x.... */
size_t dt_usyms_text(struct dt_usyms *us, pid_t pid, uint64_t addr, enum dt_symtext how, char *buf,
		     size_t size);
/* Calls FN for each mapping by address until FN returns something other than 0, which is returned;
 * -errno if there is no such process. */
typedef int dt_mapping_fn(const struct dt_mapping *map, void *arg);
int dt_usyms_each_mapping(struct dt_usyms *us, pid_t pid, dt_mapping_fn *fn, void *arg);
/* Calls FN for each file that PID has mapped executable, once each, the program first. OPEN_PATH
 * opens it from here. */
typedef int dt_uobject_fn(const struct dt_mapping *map, const char *open_path, bool is_program,
			  void *arg);
int dt_usyms_each_object(struct dt_usyms *us, pid_t pid, dt_uobject_fn *fn, void *arg);

/* ---- demangling (demangle.c) ---- */

struct dt_demangler;
/* C++ (_Z...) and Rust names (the hash at the end is cut off). malloc'ed; NULL: not mangled, or no
 * libstdc++. */
char *dt_demangle(struct dt_demangler **state, const char *name);
void dt_demangler_free(struct dt_demangler *state);

#endif
