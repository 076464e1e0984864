/* SPDX-License-Identifier: MIT */
/*
 * The symbols of an ELF file, sorted by address: .symtab if the file has one, else that of its
 * separate debug file, and .dynsym.  Of several names for one address the best comes first and is
 * the one that is shown.
 */
#include <errno.h>
#include <string.h>
#include "symbols/object.h"

/* The symbols worth showing: functions, data, and labels of hand-written assembler. */
static bool is_wanted(const struct dt_object *obj, const GElf_Sym *sym, const char *name)
{
	uint8_t type = GELF_ST_TYPE(sym->st_info);

	if (sym->st_shndx == SHN_UNDEF || sym->st_shndx == SHN_ABS || !*name || !sym->st_value)
		return false;
	if (type == STT_FUNC || type == STT_GNU_IFUNC || type == STT_OBJECT)
		return true;
	if (type != STT_NOTYPE || name[0] == '.' || name[0] == '$')
		return false;
	dt_vec_each(&obj->segments, s)
	{
		if (s->executable && sym->st_value >= s->addr &&
		    sym->st_value - s->addr < s->filesz)
			return true;
	}
	return false;
}

/* "read@@GLIBC_2.2.5" is read. */
static const char *without_version(struct dt_object *obj, const char *name)
{
	const char *at = strchr(name, '@');

	return at && at != name ? dt_arena_strndup(obj->arena, name, (size_t)(at - name)) : name;
}

static int add_table(struct dt_object *obj, Elf *elf, Elf_Scn *scn, const GElf_Shdr *sh)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t n = data && sh->sh_entsize ? data->d_size / sh->sh_entsize : 0;

	for (size_t i = 1; i < n; i++) {
		struct dt_symbol s;
		const char *name;
		GElf_Sym sym;

		if (!gelf_getsym(data, (int)i, &sym))
			continue;
		name = elf_strptr(elf, sh->sh_link, sym.st_name);
		if (!name || !is_wanted(obj, &sym, name))
			continue;
		name = without_version(obj, name);
		if (!name)
			return -ENOMEM;
		s = (struct dt_symbol){ sym.st_value,
					sym.st_size,
					name,
					GELF_ST_TYPE(sym.st_info),
					GELF_ST_BIND(sym.st_info),
					false };
		if (!dt_vec_push(&obj->syms, s))
			return -ENOMEM;
	}
	return 0;
}

/* The first section of that type that has contents (a debug file keeps empty ones). */
static Elf_Scn *find_table(Elf *elf, uint32_t type, GElf_Shdr *sh)
{
	Elf_Scn *scn = NULL;

	while (elf && (scn = elf_nextscn(elf, scn)) != NULL) {
		if (gelf_getshdr(scn, sh) && sh->sh_type == type)
			return scn;
	}
	return NULL;
}

static unsigned int rank(const struct dt_symbol *s)
{
	static const uint8_t of_bind[] = { [STB_LOCAL] = 0, [STB_GLOBAL] = 2, [STB_WEAK] = 1 };

	return (s->type != STT_NOTYPE ? 8u : 0) +
	       (s->bind < sizeof(of_bind) ? of_bind[s->bind] : 0);
}

/* Typed before untyped, global before weak before local, fewer underscores, then by name. */
static bool is_better(const struct dt_symbol *a, const struct dt_symbol *b)
{
	size_t lead_a, lead_b;

	if (rank(a) != rank(b))
		return rank(a) > rank(b);
	lead_a = strspn(a->name, "_");
	lead_b = strspn(b->name, "_");
	return lead_a != lead_b ? lead_a < lead_b : strcmp(a->name, b->name) < 0;
}

/* Functions of assembler often have no size: they reach to the next symbol. */
static void infer_sizes(struct dt_object *obj)
{
	uint64_t next = UINT64_MAX;

	for (size_t i = obj->syms.n; i-- > 0;) {
		struct dt_symbol *s = &obj->syms.data[i];

		if (i + 1 < obj->syms.n && obj->syms.data[i + 1].addr != s->addr)
			next = obj->syms.data[i + 1].addr;
		s->is_open = !s->size;
		if (!s->size && s->type != STT_OBJECT && next != UINT64_MAX)
			s->size = next - s->addr;
	}
}

static int read_tables(struct dt_object *obj)
{
	GElf_Shdr sh;
	Elf_Scn *scn = find_table(obj->elf, SHT_SYMTAB, &sh);
	int err;

	if (scn)
		return add_table(obj, obj->elf, scn, &sh);
	scn = find_table(obj->elf, SHT_DYNSYM, &sh);
	err = scn ? add_table(obj, obj->elf, scn, &sh) : 0;
	if (err || obj->in_memory)
		return err;
	obj->debug = dt_debugfile_open(obj, &obj->debug_fd);
	scn = find_table(obj->debug, SHT_SYMTAB, &sh);
	return scn ? add_table(obj, obj->debug, scn, &sh) : 0;
}

int dt_object_dynamic_names(const struct dt_object *obj, bool (*match)(const char *name),
			    struct dt_dynamic_names *out)
{
	GElf_Shdr sh;
	Elf_Scn *scn = find_table(obj->elf, SHT_DYNSYM, &sh);
	Elf_Data *data = scn ? elf_getdata(scn, NULL) : NULL;
	size_t n = data && sh.sh_entsize ? data->d_size / sh.sh_entsize : 0;

	*out = (struct dt_dynamic_names){ 0 };
	if (!data)
		return -ENOENT;
	for (size_t i = 1; i < n; i++) {
		const char *name;
		GElf_Sym sym;

		if (!gelf_getsym(data, (int)i, &sym))
			continue;
		name = elf_strptr(obj->elf, sh.sh_link, sym.st_name);
		if (!name || !match(name))
			continue;
		out->imports |= sym.st_shndx == SHN_UNDEF;
		out->defines |= sym.st_shndx != SHN_UNDEF;
	}
	return 0;
}

/* The same name at the same address in both tables is kept once. */
static void drop_duplicates(struct dt_object *obj)
{
	size_t kept = 0;

	for (size_t i = 0; i < obj->syms.n; i++) {
		struct dt_symbol *s = &obj->syms.data[i],
				 *last = kept ? &obj->syms.data[kept - 1] : NULL;

		if (!last || last->addr != s->addr || strcmp(last->name, s->name) != 0)
			obj->syms.data[kept++] = *s;
	}
	obj->syms.n = kept;
}

/*
 * Radix sort by address: eight bits at a time from the low end, and only as many rounds as the
 * addresses differ in.  A browser has a million symbols, for which qsort() takes ten times as long.
 */
static int sort_by_addr(struct dt_object *obj)
{
	struct dt_symbol *from = obj->syms.data, *to = malloc((obj->syms.n + 1) * sizeof(*to)),
			 *other;
	uint64_t differ = 0;

	if (!to)
		return -ENOMEM;
	for (size_t i = 1; i < obj->syms.n; i++)
		differ |= from[i].addr ^ from[0].addr;
	for (unsigned int shift = 0; shift < 64 && differ >> shift; shift += 8) {
		size_t starts[257] = { 0 };

		if (!(differ >> shift & 0xff))
			continue;
		for (size_t i = 0; i < obj->syms.n; i++)
			starts[(from[i].addr >> shift & 0xff) + 1]++;
		for (size_t i = 1; i < ARRAY_SIZE(starts); i++)
			starts[i] += starts[i - 1];
		for (size_t i = 0; i < obj->syms.n; i++)
			to[starts[from[i].addr >> shift & 0xff]++] = from[i];
		other = from;
		from = to;
		to = other;
	}
	if (from != obj->syms.data)
		memcpy(obj->syms.data, from, obj->syms.n * sizeof(*from));
	free(from != obj->syms.data ? from : to);
	return 0;
}

/* The names of one address, which are few: the best goes first. */
static void sort_names(struct dt_object *obj)
{
	for (size_t i = 1; i < obj->syms.n; i++) {
		struct dt_symbol s = obj->syms.data[i];
		size_t j = i;

		for (; j > 0 && obj->syms.data[j - 1].addr == s.addr &&
		       is_better(&s, &obj->syms.data[j - 1]);
		     j--)
			obj->syms.data[j] = obj->syms.data[j - 1];
		obj->syms.data[j] = s;
	}
}

int dt_symtab_load(struct dt_object *obj)
{
	if (obj->loaded)
		return obj->load_err;
	obj->loaded = true;
	obj->load_err = read_tables(obj);
	if (!obj->load_err)
		obj->load_err = sort_by_addr(obj);
	if (obj->load_err)
		return obj->load_err;
	sort_names(obj);
	drop_duplicates(obj);
	infer_sizes(obj);
	return 0;
}

/* ---- questions ---- */

static void describe(const struct dt_object *obj, const struct dt_symbol *s, struct dt_osym *out)
{
	*out = (struct dt_osym){ s->name,   s->addr,
				 s->size,   dt_object_addr_to_offset(obj, s->addr),
				 s->type,   s->bind,
				 s->is_open };
}

/* The last one that begins at or below ADDR; -1: none. */
static ssize_t at_or_below(const struct dt_object *obj, uint64_t addr)
{
	size_t low = 0, high = obj->syms.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (obj->syms.data[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return (ssize_t)low - 1;
}

bool dt_object_addr(struct dt_object *obj, uint64_t addr, struct dt_osym *out)
{
	enum { TRIES = 32 }; /* symbols may lie inside others: a label, a cold part */
	ssize_t i;

	if (dt_symtab_load(obj))
		return false;
	i = at_or_below(obj, addr);
	for (int tries = 0; i >= 0 && tries < TRIES; tries++, i--) {
		const struct dt_symbol *s = &obj->syms.data[i];

		if (addr - s->addr >= DT_MAX(s->size, 1))
			continue;
		while (i > 0 && obj->syms.data[i - 1].addr == s->addr &&
		       addr - s->addr < DT_MAX(obj->syms.data[i - 1].size, 1))
			s = &obj->syms.data[--i];
		describe(obj, s, out);
		return true;
	}
	return false;
}

static uint32_t first_slot(const struct dt_object *obj, const char *name)
{
	return dt_hash(name, strlen(name)) & obj->index_mask;
}

static int make_index(struct dt_object *obj)
{
	uint32_t mask = 1;
	int err = dt_symtab_load(obj);

	if (err || obj->index)
		return err;
	while (mask < 2 * obj->syms.n)
		mask *= 2;
	obj->index = calloc(mask, sizeof(*obj->index));
	if (!obj->index)
		return -ENOMEM;
	obj->index_mask = mask - 1;
	for (size_t i = 0; i < obj->syms.n; i++) {
		const char *name = obj->syms.data[i].name;
		uint32_t at = first_slot(obj, name);

		while (obj->index[at])
			at = (at + 1) & obj->index_mask;
		obj->index[at] = (uint32_t)i + 1;
	}
	return 0;
}

bool dt_object_name(struct dt_object *obj, const char *name, struct dt_osym *out)
{
	const struct dt_symbol *best = NULL;

	if (make_index(obj) || !obj->index)
		return false;
	for (uint32_t at = first_slot(obj, name); obj->index[at]; at = (at + 1) & obj->index_mask) {
		const struct dt_symbol *s = &obj->syms.data[obj->index[at] - 1];

		if (!strcmp(s->name, name) && (!best || rank(s) > rank(best)))
			best = s;
	}
	if (!best)
		return false;
	describe(obj, best, out);
	return true;
}

int dt_object_each_function(struct dt_object *obj, dt_osym_fn *fn, void *arg)
{
	int stop = dt_symtab_load(obj);

	for (size_t i = 0; !stop && i < obj->syms.n; i++) {
		const struct dt_symbol *s = &obj->syms.data[i];
		struct dt_osym sym;

		if (s->type != STT_FUNC && s->type != STT_GNU_IFUNC)
			continue;
		describe(obj, s, &sym);
		stop = sym.offset != UINT64_MAX ? fn(&sym, arg) : 0;
	}
	return stop;
}
