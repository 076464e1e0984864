/* SPDX-License-Identifier: MIT */
/* The inside of dt_object, shared by object.c (files, headers, the cache), symtab.c (symbols),
 * notes.c (probes) and debugfile.c (where a stripped file's symbols are).  Nothing outside of the
 * room includes this. */
#ifndef DT_SYMBOLS_OBJECT_H
#define DT_SYMBOLS_OBJECT_H

#include <gelf.h>
#include "base/arena.h"
#include "base/table.h"
#include "base/vec.h"
#include "symbols/symbols.h"

/* One symbol: 32 bytes, as there may be a million. The name is libelf's. */
struct dt_symbol {
	uint64_t addr;
	uint64_t size;
	const char *name;
	uint8_t type, bind;
	bool is_open; /* the file gives no size */
};

struct dt_segment { /* PT_LOAD */
	uint64_t offset, addr, filesz;
	bool executable;
};

struct dt_object {
	char *path;
	bool in_memory; /* no file: the vdso */
	Elf *elf;
	int fd;                 /* of the file, which libelf reads when it is asked; -1: none */
	struct dt_arena *arena; /* names that the file holds in another form */
	GElf_Ehdr ehdr;
	Elf *debug; /* of the separate debug file; NULL: none or not needed */
	int debug_fd;
	DT_VEC(struct dt_segment) segments;
	uint8_t build_id[64];
	size_t build_id_len;
	bool loaded;
	int load_err;
	DT_VEC(struct dt_symbol) syms; /* by address, and of one address the best first */
	uint32_t *index;               /* by name: place + 1; NULL: not made yet */
	uint32_t index_mask;
	bool has_notes; /* they have been read */
	DT_VEC(struct dt_note) notes;
};

/* FD has to stay open until elf_end().  The file is read, not mapped: whoever cuts it off meanwhile
 * must not end us by SIGBUS.  NULL: no ELF file, or one that wants too much memory. */
Elf *dt_elf_open(int fd);
/* The section of that name, and its header; NULL: there is none. */
Elf_Scn *dt_object_section(const struct dt_object *obj, const char *name, GElf_Shdr *sh);
/* The build id of a file or of its debug file; its length, 0: none. */
size_t dt_elf_build_id(Elf *elf, uint8_t *buf, size_t size);
/* The debug file with the symbols that `strip` removed, and its descriptor, which the caller owns.
 * NULL: not installed. */
Elf *dt_debugfile_open(const struct dt_object *obj, int *fd);
/* Reads syms at the first call. 0 or -errno. */
int dt_symtab_load(struct dt_object *obj);
/* An object of the ELF image in memory: the vdso. The image must stay. */
struct dt_object *dt_object_from_memory(struct dt_objects *objects, const char *name,
					const void *image, size_t size);

#endif
