/* SPDX-License-Identifier: MIT */
/*
 * The probes that a program or library carries in its notes: section .note.stapsdt, as SystemTap's
 * <sys/sdt.h> and the headers of dtrace -h write it.  A note has the owner "stapsdt" and the type
 * 3; its descriptor holds three addresses (the probe, .stapsdt.base when the file was linked, the
 * semaphore or 0) and three strings (provider, name, arguments).
 */
#include <errno.h>
#include <string.h>
#include "symbols/object.h"

#define SECTION  ".note.stapsdt"
#define BASE     ".stapsdt.base"
#define OWNER    "stapsdt"
#define NT_PROBE 3

struct addresses {
	uint64_t probe, base, semaphore;
};

/* The next of the strings in FROM, which ends at END; NULL: it does not end there. */
static const char *next_string(const char **from, const char *end)
{
	const char *s = *from;
	size_t len = strnlen(s, (size_t)(end - s));

	if (s + len == end)
		return NULL;
	*from = s + len + 1;
	return s;
}

/* BASE is the section's address now: a tool may have moved the file's addresses since the note was
 * written. */
static bool parse(const char *desc, size_t size, uint64_t base, struct dt_note *out)
{
	const char *at = desc + sizeof(struct addresses), *end = desc + size;
	struct addresses a;
	uint64_t moved;

	if (size < sizeof(a))
		return false;
	memcpy(&a, desc, sizeof(a));
	moved = base ? base - a.base : 0;
	out->provider = next_string(&at, end);
	out->name = out->provider ? next_string(&at, end) : NULL;
	out->args = out->name ? next_string(&at, end) : NULL;
	out->addr = a.probe + moved;
	out->semaphore = a.semaphore ? a.semaphore + moved : 0;
	return out->args != NULL;
}

static int read_notes(struct dt_object *obj, Elf_Data *data, uint64_t base)
{
	size_t at = 0, name_at, desc_at;
	GElf_Nhdr nhdr;

	while (data && (at = gelf_getnote(data, at, &nhdr, &name_at, &desc_at)) > 0) {
		const char *bytes = data->d_buf;
		struct dt_note note;

		if (nhdr.n_type != NT_PROBE || nhdr.n_namesz != sizeof(OWNER) ||
		    memcmp(bytes + name_at, OWNER, sizeof(OWNER)) != 0 ||
		    !parse(bytes + desc_at, nhdr.n_descsz, base, &note))
			continue;
		if (!dt_vec_push(&obj->notes, note))
			return -ENOMEM;
	}
	return 0;
}

int dt_object_notes(struct dt_object *obj, const struct dt_note **list, size_t *n)
{
	GElf_Shdr base = { 0 }, sh;
	Elf_Scn *scn;
	int err = 0;

	if (!obj->has_notes && dt_object_is_64(obj)) {
		dt_object_section(obj, BASE, &base);
		scn = dt_object_section(obj, SECTION, &sh);
		if (scn)
			err = read_notes(obj, elf_getdata(scn, NULL), base.sh_addr);
		obj->has_notes = !err;
	}
	*list = obj->notes.data;
	*n = err ? 0 : obj->notes.n;
	return err;
}
