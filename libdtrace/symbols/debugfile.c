/* SPDX-License-Identifier: MIT */
/*
 * Where distributions put the symbols that `strip` removed: a file under /usr/lib/debug, by build
 * id or by the name in .gnu_debuglink.  The checksum beside that name is not computed, since that
 * would read the whole file; the build ids must agree instead.  symtab.c asks when a file has no
 * .symtab.
 */
#include <stdio.h>
#include <string.h>
#include "base/file.h"
#include "base/util.h"
#include "symbols/object.h"

enum { PATH_SIZE = 1024 };

static Elf_Data *section(Elf *elf, const char *name)
{
	Elf_Scn *scn = NULL;
	size_t names;

	if (elf_getshdrstrndx(elf, &names) != 0)
		return NULL;
	while ((scn = elf_nextscn(elf, scn)) != NULL) {
		GElf_Shdr sh;
		const char *own = gelf_getshdr(scn, &sh) ? elf_strptr(elf, names, sh.sh_name)
							 : NULL;

		if (own && !strcmp(own, name))
			return elf_getdata(scn, NULL);
	}
	return NULL;
}

static Elf *open_file(const char *path, int *fd)
{
	Elf *elf;

	*fd = dt_open_regular(path, 0);
	elf = *fd < 0 ? NULL : dt_elf_open(*fd);
	if (!elf)
		dt_cleanup_fd(fd);
	return elf;
}

static Elf *by_build_id(const struct dt_object *obj, int *fd)
{
	char hex[2 * sizeof(obj->build_id) + 1], path[PATH_SIZE];

	if (obj->build_id_len < 2)
		return NULL;
	for (size_t i = 0; i < obj->build_id_len; i++)
		snprintf(hex + 2 * i, 3, "%02x", obj->build_id[i]);
	snprintf(path, sizeof(path), "/usr/lib/debug/.build-id/%.2s/%s.debug", hex, hex + 2);
	return open_file(path, fd);
}

/* A file without a build id cannot be compared; its link is trusted. */
static bool belongs(const struct dt_object *obj, Elf *debug)
{
	uint8_t id[sizeof(obj->build_id)];
	size_t len = dt_elf_build_id(debug, id, sizeof(id));

	return !len || !obj->build_id_len ||
	       (len == obj->build_id_len && !memcmp(id, obj->build_id, len));
}

/* DIR/NAME, DIR/.debug/NAME, /usr/lib/debug/DIR/NAME, in the order that gdb has. */
static Elf *by_link(const struct dt_object *obj, int *fd)
{
	static const char *const formats[] = { "%.*s/%s", "%.*s/.debug/%s",
					       "/usr/lib/debug/%.*s/%s" };
	Elf_Data *link = section(obj->elf, ".gnu_debuglink");
	const char *slash = strrchr(obj->path, '/'), *name = link ? link->d_buf : NULL;
	char path[PATH_SIZE];

	if (!slash || !name || !memchr(name, '\0', link->d_size) || strchr(name, '/'))
		return NULL;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		Elf *elf;
		int len = snprintf(path, sizeof(path), formats[i], (int)(slash - obj->path),
				   obj->path, name);

		if ((size_t)len >= sizeof(path) || !strcmp(path, obj->path))
			continue;
		elf = open_file(path, fd);
		if (elf && belongs(obj, elf))
			return elf;
		elf_end(elf);
		dt_cleanup_fd(fd);
	}
	return NULL;
}

Elf *dt_debugfile_open(const struct dt_object *obj, int *fd)
{
	Elf *elf = by_build_id(obj, fd);

	return elf ? elf : by_link(obj, fd);
}
