/* SPDX-License-Identifier: MIT */
/*
 * The kernel's symbols, from /proc/kallsyms.  The file is read as a whole at the first question:
 * the kernel takes some 50 ms to write it, and parsing it takes 5.  Its text is kept, with a NUL
 * behind each name, beside an array sorted by address.  The index by name is made when the first
 * name is asked for.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include "base/table.h"
#include "base/util.h"
#include "base/vec.h"
#include "symbols/symbols.h"

enum {
	READ_STEP = 1 << 20,
	MODULE_KERNEL = 0, /* its place among the modules */
	MODULE_MAX = UINT16_MAX,
};

struct entry {
	uint64_t addr;
	uint32_t name; /* in text */
	uint16_t module;
	char type;
};

struct dt_ksyms {
	char *text;
	size_t text_len;
	bool loaded, has_addrs;
	DT_VEC(struct entry) syms; /* by address */
	size_t first; /* the first one that is an address; before it per-CPU offsets and
			 constants */
	DT_VEC(const char *) modules;
	uint32_t *index; /* by hash of the name: place in syms + 1; NULL: not made yet */
	uint32_t index_mask;
};

struct dt_ksyms *dt_ksyms_new(void)
{
	return calloc(1, sizeof(struct dt_ksyms));
}

void dt_ksyms_reload(struct dt_ksyms *ks)
{
	free(ks->text);
	free(ks->index);
	dt_vec_free(&ks->syms);
	dt_vec_free(&ks->modules);
	*ks = (struct dt_ksyms){ 0 };
}

void dt_ksyms_free(struct dt_ksyms *ks)
{
	if (!ks)
		return;
	dt_ksyms_reload(ks);
	free(ks);
}

/* ---- reading ---- */

static int read_all(struct dt_ksyms *ks)
{
	_cleanup_fd_ int fd = open("/proc/kallsyms", O_RDONLY | O_CLOEXEC);
	size_t cap = 0;

	if (fd < 0)
		return -errno;
	for (;;) {
		ssize_t got;

		if (cap - ks->text_len < READ_STEP / 4) {
			char *grown = realloc(ks->text, cap + 4 * READ_STEP);

			if (!grown)
				return -ENOMEM;
			ks->text = grown;
			cap += 4 * READ_STEP;
		}
		got = read(fd, ks->text + ks->text_len, cap - ks->text_len - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		ks->text_len += (size_t)got;
	}
	ks->text[ks->text_len] = '\0';
	return 0;
}

/* Consecutive lines tend to have the same module: only the last one is compared. */
static uint16_t module_number(struct dt_ksyms *ks, const char *name)
{
	for (size_t i = ks->modules.n; i-- > 0;) {
		if (!strcmp(ks->modules.data[i], name))
			return (uint16_t)i;
	}
	if (ks->modules.n >= MODULE_MAX || !dt_vec_push(&ks->modules, name))
		return MODULE_KERNEL;
	return (uint16_t)(ks->modules.n - 1);
}

static const char *hex(const char *s, uint64_t *value)
{
	uint64_t v = 0;

	for (;; s++) {
		unsigned int c = (unsigned char)*s;

		if (c - '0' < 10)
			v = v << 4 | (c - '0');
		else if (c - 'a' < 6)
			v = v << 4 | (c - 'a' + 10);
		else
			break;
	}
	*value = v;
	return s;
}

/* "ffffffff81000000 T _stext\n", "ffffffffc0001000 t init\t[ext4]\n". Returns the next line. */
static char *parse_line(struct dt_ksyms *ks, char *line, char *end)
{
	struct entry e = { .module = MODULE_KERNEL };
	char *at = (char *)hex(line, &e.addr);
	char *stop = memchr(line, '\n', (size_t)(end - line)), *tab;

	if (!stop)
		stop = end;
	*stop = '\0';
	if (at == line || at + 3 >= stop || *at != ' ' || at[2] != ' ')
		return stop + 1;
	e.type = at[1];
	e.name = (uint32_t)(at + 3 - ks->text);
	tab = memchr(at + 3, '\t', (size_t)(stop - at - 3));
	if (tab) {
		*tab++ = '\0';
		if (*tab == '[' && stop[-1] == ']') {
			stop[-1] = '\0';
			e.module = module_number(ks, tab + 1);
		}
	}
	ks->has_addrs |= e.addr != 0;
	return dt_vec_push(&ks->syms, e) ? stop + 1 : NULL;
}

static int by_addr(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return x->name < y->name ? -1 : 1;
}

static bool is_sorted(const struct dt_ksyms *ks)
{
	for (size_t i = 1; i < ks->syms.n; i++) {
		if (ks->syms.data[i].addr < ks->syms.data[i - 1].addr)
			return false;
	}
	return true;
}

static int load(struct dt_ksyms *ks)
{
	char *at, *end;
	int err;

	if (ks->loaded)
		return 0;
	err = read_all(ks);
	if (err) {
		dt_ksyms_reload(ks);
		return err;
	}
	if (!dt_vec_push(&ks->modules, "vmlinux") ||
	    !dt_vec_reserve_in(NULL, &ks->syms, ks->text_len / 40))
		err = -ENOMEM;
	end = ks->text + ks->text_len;
	for (at = ks->text; !err && at < end;) {
		at = parse_line(ks, at, end);
		if (!at)
			err = -ENOMEM;
	}
	if (err) {
		dt_ksyms_reload(ks);
		return err;
	}
	if (!is_sorted(ks))
		qsort(ks->syms.data, ks->syms.n, sizeof(*ks->syms.data), by_addr);
	while (ks->first < ks->syms.n && ks->syms.data[ks->first].addr < 1ULL << 32)
		ks->first++;
	ks->loaded = true;
	return 0;
}

/* ---- by address ---- */

static const char *name_at(const struct dt_ksyms *ks, size_t i)
{
	return ks->text + ks->syms.data[i].name;
}

/* The last one at or below ADDR; syms.n: none. */
static size_t at_or_below(const struct dt_ksyms *ks, uint64_t addr)
{
	size_t low = ks->first, high = ks->syms.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (ks->syms.data[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low > ks->first ? low - 1 : ks->syms.n;
}

/* Of several names for one address, the best is a global one, then one with fewer leading
 * underscores, then the first in the list. */
static bool is_better(const struct dt_ksyms *ks, size_t a, size_t b)
{
	bool global_a = ks->syms.data[a].type < 'a', global_b = ks->syms.data[b].type < 'a';
	size_t lead_a = strspn(name_at(ks, a), "_."), lead_b = strspn(name_at(ks, b), "_.");

	if (global_a != global_b)
		return global_a;
	return lead_a < lead_b;
}

static void describe(const struct dt_ksyms *ks, size_t i, struct dt_ksym *out)
{
	const struct entry *e = &ks->syms.data[i];
	size_t next = i + 1;

	while (next < ks->syms.n && ks->syms.data[next].addr == e->addr)
		next++;
	out->name = name_at(ks, i);
	out->module = ks->modules.data[e->module];
	out->addr = e->addr;
	out->type = e->type;
	out->size = 0;
	if (next < ks->syms.n && ks->syms.data[next].module == e->module)
		out->size = ks->syms.data[next].addr - e->addr;
}

/* Whether the symbol reaches as far as ADDR.  Nothing says where the last symbol of a module ends;
 * a page is a guess. */
static bool covers(const struct dt_ksym *sym, uint64_t addr)
{
	uint64_t distance = addr - sym->addr;

	if (!sym->size)
		return distance < 4096;
	return distance < sym->size;
}

static bool find_addr(struct dt_ksyms *ks, uint64_t addr, struct dt_ksym *out)
{
	size_t i, best;

	if (load(ks) || !ks->has_addrs)
		return false;
	i = best = at_or_below(ks, addr);
	if (i == ks->syms.n)
		return false;
	while (i > ks->first && ks->syms.data[i - 1].addr == ks->syms.data[best].addr) {
		i--;
		if (!is_better(ks, best, i))
			best = i;
	}
	describe(ks, best, out);
	return true;
}

bool dt_ksyms_addr(struct dt_ksyms *ks, uint64_t addr, struct dt_ksym *out)
{
	return find_addr(ks, addr, out) && covers(out, addr);
}

const char *dt_ksyms_module(struct dt_ksyms *ks, uint64_t addr)
{
	struct dt_ksym sym;

	return find_addr(ks, addr, &sym) && covers(&sym, addr) ? sym.module : NULL;
}

size_t dt_ksyms_text(struct dt_ksyms *ks, uint64_t addr, enum dt_symtext how, char *buf,
		     size_t size)
{
	struct dt_ksym sym;
	int len;

	if (!(how == DT_SYMTEXT_RETURN && dt_ksyms_addr(ks, addr - 1, &sym)) &&
	    !dt_ksyms_addr(ks, addr, &sym))
		len = snprintf(buf, size, "0x%llx", (unsigned long long)addr);
	else if (how == DT_SYMTEXT_MODULE)
		len = snprintf(buf, size, "%s", sym.module);
	else if (how == DT_SYMTEXT_NAME || addr == sym.addr)
		len = snprintf(buf, size, "%s`%s", sym.module, sym.name);
	else
		len = snprintf(buf, size, "%s`%s+0x%llx", sym.module, sym.name,
			       (unsigned long long)(addr - sym.addr));
	return len < 0 ? 0 : (size_t)len;
}

/* ---- by name ---- */

static uint32_t first_slot(const struct dt_ksyms *ks, const char *name)
{
	return dt_hash(name, strlen(name)) & ks->index_mask;
}

static int make_index(struct dt_ksyms *ks)
{
	uint32_t mask = 1;
	int err = load(ks);

	if (err || ks->index)
		return err;
	while (mask < 2 * ks->syms.n)
		mask *= 2;
	ks->index = calloc(mask, sizeof(*ks->index));
	if (!ks->index)
		return -ENOMEM;
	ks->index_mask = mask - 1;
	for (size_t i = 0; i < ks->syms.n; i++) {
		const char *name = name_at(ks, i);
		uint32_t at = first_slot(ks, name);

		while (ks->index[at])
			at = (at + 1) & ks->index_mask;
		ks->index[at] = (uint32_t)i + 1;
	}
	return 0;
}

static bool is_function(const struct entry *e)
{
	return e->type == 't' || e->type == 'T' || e->type == 'w' || e->type == 'W';
}

static bool is_module(const struct dt_ksyms *ks, const struct entry *e, const char *module)
{
	return !module || !strcmp(ks->modules.data[e->module], module);
}

/* Functions of the core kernel rank first, then other functions, then the rest; among equals the
 * first in the list. */
static unsigned int rank(const struct entry *e)
{
	return (is_function(e) ? 4u : 0) + (e->module == MODULE_KERNEL ? 2u : 0) + (e->type < 'a');
}

bool dt_ksyms_name(struct dt_ksyms *ks, const char *module, const char *name, struct dt_ksym *out)
{
	size_t best = SIZE_MAX;

	if (make_index(ks))
		return false;
	for (uint32_t at = first_slot(ks, name); ks->index[at]; at = (at + 1) & ks->index_mask) {
		size_t i = ks->index[at] - 1;
		const struct entry *e = &ks->syms.data[i];

		if (strcmp(name_at(ks, i), name) != 0 || !is_module(ks, e, module))
			continue;
		if (best == SIZE_MAX || rank(e) > rank(&ks->syms.data[best]) ||
		    (rank(e) == rank(&ks->syms.data[best]) && i < best))
			best = i;
	}
	if (best == SIZE_MAX)
		return false;
	describe(ks, best, out);
	return true;
}

unsigned int dt_ksyms_count(struct dt_ksyms *ks, const char *module, const char *name)
{
	unsigned int n = 0;

	if (make_index(ks))
		return 0;
	for (uint32_t at = first_slot(ks, name); ks->index[at]; at = (at + 1) & ks->index_mask) {
		size_t i = ks->index[at] - 1;

		n += !strcmp(name_at(ks, i), name) && is_module(ks, &ks->syms.data[i], module) &&
		     is_function(&ks->syms.data[i]);
	}
	return n;
}

int dt_ksyms_each(struct dt_ksyms *ks, const char *module, dt_ksyms_fn *fn, void *arg)
{
	int stop = load(ks);

	for (size_t i = 0; !stop && i < ks->syms.n; i++) {
		struct dt_ksym sym;

		if (!is_module(ks, &ks->syms.data[i], module))
			continue;
		describe(ks, i, &sym);
		stop = fn(&sym, arg);
	}
	return stop;
}

bool dt_ksyms_has_module(struct dt_ksyms *ks, const char *module)
{
	if (load(ks))
		return false;
	for (size_t i = 0; i < ks->modules.n; i++) {
		if (!strcmp(ks->modules.data[i], module))
			return true;
	}
	return false;
}
