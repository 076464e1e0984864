/* SPDX-License-Identifier: MIT */
/*
 * ELF files: opening them, their program headers and build id, and the cache.  Each file is opened
 * once: the cache goes by device and inode, so that a library is one object whatever path leads to
 * it.  Its symbols are in symtab.c.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/util.h"
#include "symbols/object.h"

static const uint64_t max_read_bytes = 1ULL << 30;

struct dt_objects {
	struct dt_table by_file; /* struct file_key -> struct dt_object */
};

struct file_key {
	uint64_t dev, ino, mtime_sec, mtime_nsec;
};

struct dt_objects *dt_objects_new(void)
{
	return calloc(1, sizeof(struct dt_objects));
}

static void object_free(struct dt_object *obj)
{
	if (!obj)
		return;
	dt_vec_free(&obj->segments);
	dt_vec_free(&obj->syms);
	dt_vec_free(&obj->notes);
	free(obj->index);
	free(obj->path);
	elf_end(obj->debug);
	elf_end(obj->elf);
	dt_cleanup_fd(&obj->debug_fd);
	dt_cleanup_fd(&obj->fd);
	dt_arena_free(obj->arena);
	free(obj);
}

void dt_objects_free(struct dt_objects *objects)
{
	if (!objects)
		return;
	for (size_t i = 0; i < objects->by_file.nslots; i++) {
		if (objects->by_file.slots[i].key)
			object_free(objects->by_file.slots[i].value);
	}
	dt_table_free(&objects->by_file);
	free(objects);
}

/* What is read is read as a whole.  A sparse file claims much for little. */
static bool is_modest(Elf *elf)
{
	Elf_Scn *scn = NULL;
	uint64_t total = 0;

	while ((scn = elf_nextscn(elf, scn)) != NULL) {
		GElf_Shdr sh;

		if (!gelf_getshdr(scn, &sh))
			continue;
		switch (sh.sh_type) {
		case SHT_SYMTAB:
		case SHT_DYNSYM:
		case SHT_STRTAB:
		case SHT_NOTE:
			if (sh.sh_size > max_read_bytes || (total += sh.sh_size) > max_read_bytes)
				return false;
		}
	}
	return true;
}

Elf *dt_elf_open(int fd)
{
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf && (elf_kind(elf) != ELF_K_ELF || !is_modest(elf))) {
		elf_end(elf);
		return NULL;
	}
	return elf;
}

static int read_segments(struct dt_object *obj)
{
	size_t n;

	if (elf_getphdrnum(obj->elf, &n) != 0)
		return -ENOEXEC;
	for (size_t i = 0; i < n; i++) {
		GElf_Phdr ph;
		struct dt_segment s;

		if (!gelf_getphdr(obj->elf, (int)i, &ph) || ph.p_type != PT_LOAD)
			continue;
		s = (struct dt_segment){ ph.p_offset, ph.p_vaddr, ph.p_filesz, ph.p_flags & PF_X };
		if (!dt_vec_push(&obj->segments, s))
			return -ENOMEM;
	}
	return 0;
}

static size_t note_build_id(Elf_Data *data, uint8_t *buf, size_t size)
{
	size_t at = 0, name_at, desc_at;
	GElf_Nhdr nhdr;

	while (data && (at = gelf_getnote(data, at, &nhdr, &name_at, &desc_at)) > 0) {
		if (nhdr.n_type != NT_GNU_BUILD_ID || nhdr.n_namesz != sizeof("GNU") ||
		    memcmp((char *)data->d_buf + name_at, "GNU", sizeof("GNU")) != 0)
			continue;
		size = DT_MIN(nhdr.n_descsz, size);
		memcpy(buf, (char *)data->d_buf + desc_at, size);
		return size;
	}
	return 0;
}

/* By sections first, since the program headers of a debug file point to nothing.  Images in memory
 * may have no sections. */
size_t dt_elf_build_id(Elf *elf, uint8_t *buf, size_t size)
{
	Elf_Scn *scn = NULL;
	size_t n, len = 0;

	while (!len && (scn = elf_nextscn(elf, scn)) != NULL) {
		GElf_Shdr sh;

		if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_NOTE)
			len = note_build_id(elf_getdata(scn, NULL), buf, size);
	}
	if (elf_getphdrnum(elf, &n) != 0)
		n = 0;
	for (size_t i = 0; !len && i < n; i++) {
		GElf_Phdr ph;

		if (gelf_getphdr(elf, (int)i, &ph) && ph.p_type == PT_NOTE)
			len = note_build_id(elf_getdata_rawchunk(elf, (int64_t)ph.p_offset,
								 ph.p_filesz,
								 ph.p_align == 8 ? ELF_T_NHDR8
										 : ELF_T_NHDR),
					    buf, size);
	}
	return len;
}

/* Takes ELF and FD (-1: an image in memory) over, and frees them on failure. */
static int object_new(const char *path, Elf *elf, int fd, struct dt_object **out)
{
	struct dt_object *obj = calloc(1, sizeof(*obj));
	int err = 0;

	if (!obj) {
		elf_end(elf);
		dt_cleanup_fd(&fd);
		return -ENOMEM;
	}
	obj->in_memory = fd < 0;
	obj->elf = elf;
	obj->fd = fd;
	obj->debug_fd = -1;
	obj->path = strdup(path);
	obj->arena = dt_arena_new();
	if (!obj->path || !obj->arena)
		err = -ENOMEM;
	else if (!elf || !gelf_getehdr(elf, &obj->ehdr))
		err = -ENOEXEC;
	else
		err = read_segments(obj);
	if (err) {
		object_free(obj);
		return err;
	}
	obj->build_id_len = dt_elf_build_id(elf, obj->build_id, sizeof(obj->build_id));
	*out = obj;
	return 0;
}

int dt_object_open(struct dt_objects *objects, const char *path, struct dt_object **out)
{
	_cleanup_fd_ int fd = dt_open_regular(path, 0);
	struct file_key key = { 0 };
	Elf *elf;
	struct dt_object *obj;
	struct stat st;
	void **place;
	int err;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) < 0)
		return -errno;
	key = (struct file_key){ st.st_dev, st.st_ino, (uint64_t)st.st_mtim.tv_sec,
				 (uint64_t)st.st_mtim.tv_nsec };
	*out = dt_table_get(&objects->by_file, &key, sizeof(key));
	if (*out)
		return 0;
	elf = dt_elf_open(fd);
	err = object_new(path, elf, fd, &obj);
	fd = -1; /* it is the object's, or closed */
	if (err)
		return err;
	place = dt_table_at(&objects->by_file, &key, sizeof(key), true);
	if (!place) {
		object_free(obj);
		return -ENOMEM;
	}
	*place = *out = obj;
	return 0;
}

struct dt_object *dt_object_from_memory(struct dt_objects *objects, const char *name,
					const void *image, size_t size)
{
	void **place = dt_table_at(&objects->by_file, name, strlen(name), true);
	struct dt_object *obj;

	if (!place || *place)
		return place ? *place : NULL;
	elf_version(EV_CURRENT);
	if (object_new(name, elf_memory((char *)image, size), -1, &obj) != 0)
		return NULL;
	*place = obj;
	return obj;
}

const char *dt_object_path(const struct dt_object *obj)
{
	return obj->path;
}

bool dt_object_is_64(const struct dt_object *obj)
{
	return obj->ehdr.e_ident[EI_CLASS] == ELFCLASS64;
}

uint64_t dt_object_entry(const struct dt_object *obj)
{
	return obj->ehdr.e_entry;
}

const uint8_t *dt_object_build_id(const struct dt_object *obj, size_t *len)
{
	*len = obj->build_id_len;
	return obj->build_id_len ? obj->build_id : NULL;
}

uint64_t dt_object_offset_to_addr(const struct dt_object *obj, uint64_t offset)
{
	dt_vec_each(&obj->segments, s)
	{
		if (offset >= s->offset && offset - s->offset < s->filesz)
			return s->addr + (offset - s->offset);
	}
	return UINT64_MAX;
}

uint64_t dt_object_addr_to_offset(const struct dt_object *obj, uint64_t addr)
{
	dt_vec_each(&obj->segments, s)
	{
		if (addr >= s->addr && addr - s->addr < s->filesz)
			return s->offset + (addr - s->addr);
	}
	return UINT64_MAX;
}

bool dt_object_is_code(const struct dt_object *obj, uint64_t addr)
{
	dt_vec_each(&obj->segments, s)
	{
		if (s->executable && addr >= s->addr && addr - s->addr < s->filesz)
			return true;
	}
	return false;
}

Elf_Scn *dt_object_section(const struct dt_object *obj, const char *name, GElf_Shdr *sh)
{
	Elf_Scn *scn = NULL;
	size_t names;

	if (elf_getshdrstrndx(obj->elf, &names) != 0)
		return NULL;
	while ((scn = elf_nextscn(obj->elf, scn)) != NULL) {
		const char *found = gelf_getshdr(scn, sh) ? elf_strptr(obj->elf, names, sh->sh_name)
							  : NULL;

		if (found && !strcmp(found, name))
			return scn;
	}
	return NULL;
}

bool dt_object_has_section(const struct dt_object *obj, const char *name)
{
	GElf_Shdr sh;

	return dt_object_section(obj, name, &sh) != NULL;
}

ssize_t dt_object_read(const struct dt_object *obj, uint64_t offset, void *buf, size_t size)
{
	size_t len;
	const char *image;
	ssize_t got;

	if (obj->fd >= 0) {
		got = pread(obj->fd, buf, size, (off_t)offset);
		return got < 0 ? -errno : got;
	}
	image = elf_rawfile(obj->elf, &len);
	if (!image)
		return -EIO;
	if (offset >= len)
		return 0;
	size = DT_MIN(size, len - offset);
	memcpy(buf, image + offset, size);
	return (ssize_t)size;
}
