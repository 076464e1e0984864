/* SPDX-License-Identifier: MIT */
/*
 * The little BTF that the kernel insists on, written by hand: types for the values of task storage
 * and of timers, and one function type for func_info.  And the reverse: the id of one name in the
 * running kernel's BTF, by a linear scan, which takes 1 ms and which most handles never need.
 * types/ has the full reader.
 */
#include <fcntl.h>
#include <linux/btf.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "bpf/ctx.h"

#define VMLINUX_BTF "/sys/kernel/btf/vmlinux"

/* A blob under construction.  A dozen records at most, but for global functions (BIG). */
struct blob {
	uint32_t *big, types_few[64];
	size_t ntypes; /* words */
	char strings[64];
	size_t nstrings;
	uint32_t last_id;
};

static uint32_t *blob_word(struct blob *b)
{
	return (b->big ? b->big : b->types_few) + b->ntypes++;
}

static uint32_t blob_name(struct blob *b, const char *name)
{
	uint32_t off = 1;

	while (off < b->nstrings && strcmp(b->strings + off, name))
		off += (uint32_t)strlen(b->strings + off) + 1;
	if (off < b->nstrings)
		return off;
	memcpy(b->strings + off, name, strlen(name) + 1);
	b->nstrings += strlen(name) + 1;
	return off;
}

static uint32_t blob_type(struct blob *b, const char *name, uint32_t kind, uint32_t vlen,
			  uint32_t size_or_type)
{
	*blob_word(b) = name ? blob_name(b, name) : 0;
	*blob_word(b) = kind << 24 | vlen;
	*blob_word(b) = size_or_type;
	return ++b->last_id;
}

static uint32_t blob_int(struct blob *b, const char *name, uint32_t size, uint32_t encoding)
{
	uint32_t id = blob_type(b, name, BTF_KIND_INT, 0, size);

	*blob_word(b) = encoding << 24 | size * 8;
	return id;
}

static uint32_t blob_bytes(struct blob *b, uint32_t byte_id, uint32_t index_id, uint32_t count)
{
	uint32_t id = blob_type(b, NULL, BTF_KIND_ARRAY, 0, 0);

	*blob_word(b) = byte_id;
	*blob_word(b) = index_id;
	*blob_word(b) = count;
	return id;
}

static void blob_member(struct blob *b, const char *name, uint32_t type_id, uint32_t bit_off)
{
	*blob_word(b) = blob_name(b, name);
	*blob_word(b) = type_id;
	*blob_word(b) = bit_off;
}

static int blob_load(const struct blob *b)
{
	const struct btf_header hdr = { .magic = BTF_MAGIC,
					.version = BTF_VERSION,
					.hdr_len = sizeof(hdr),
					.type_len = (uint32_t)(b->ntypes * sizeof(uint32_t)),
					.str_off = (uint32_t)(b->ntypes * sizeof(uint32_t)),
					.str_len = (uint32_t)b->nstrings };
	size_t size = sizeof(hdr) + hdr.type_len + hdr.str_len;
	_cleanup_free_ uint8_t *image = malloc(size);
	union bpf_attr attr = { 0 };

	if (!image)
		return -ENOMEM;
	memcpy(image, &hdr, sizeof(hdr));
	memcpy(image + sizeof(hdr), b->big ? b->big : b->types_few, hdr.type_len);
	memcpy(image + sizeof(hdr) + hdr.type_len, b->strings, b->nstrings);
	attr.btf = dt_bpf_ptr(image);
	attr.btf_size = (uint32_t)size;
	return dt_bpf_sys(BPF_BTF_LOAD, &attr, sizeof(attr));
}

int dt_bpf_btf_map(struct dt_bpf *ctx DT_UNUSED, const struct dt_bpf_map_spec *spec,
		   uint32_t *key_id, uint32_t *value_id)
{
	struct blob b = { .nstrings = 1 };
	uint32_t byte;

	*key_id = blob_int(&b, "int", 4, BTF_INT_SIGNED);
	byte = blob_int(&b, "unsigned char", 1, 0);
	if (spec->btf == DT_BPF_MAP_BTF_BYTES) {
		*value_id = blob_bytes(&b, byte, *key_id, spec->value_size);
	} else {
		uint32_t raw = blob_bytes(&b, byte, *key_id, 16), rest, timer;

		rest = blob_bytes(&b, byte, *key_id, spec->value_size - 16);
		timer = blob_type(&b, "bpf_timer", BTF_KIND_STRUCT, 1, 16);
		blob_member(&b, "opaque", raw, 0);
		*value_id = blob_type(&b, "value", BTF_KIND_STRUCT, 2, spec->value_size);
		blob_member(&b, "timer", timer, 0);
		blob_member(&b, "rest", rest, 16 * 8);
	}
	return blob_load(&b);
}

int dt_bpf_btf_func(struct dt_bpf *ctx)
{
	struct blob b = { .nstrings = 1 };
	uint32_t integer, pointer, proto;
	int fd;

	if (ctx->func_btf)
		return ctx->func_btf;
	/* int dtrace(void *arg): the verifier reads the types of global functions only, ours are
	 * static. */
	integer = blob_int(&b, "int", 4, BTF_INT_SIGNED);
	pointer = blob_type(&b, NULL, BTF_KIND_PTR, 0, 0);
	proto = blob_type(&b, NULL, BTF_KIND_FUNC_PROTO, 1, integer);
	blob_member(&b, "arg", pointer, 0);
	b.ntypes--; /* a parameter is a member without an offset */
	ctx->func_type_id = blob_type(&b, "dtrace", BTF_KIND_FUNC, BTF_FUNC_STATIC, proto);
	fd = dt_bpf_own(ctx, blob_load(&b));
	if (fd >= 0)
		ctx->func_btf = fd;
	return fd;
}

/* What the types of functions are made of. */
struct parts {
	uint32_t integer, number, byte;
	uint32_t sizes[8], pointers[8]; /* to memory of so many bytes */
	size_t npointers;
};

static uint32_t pointer_to(struct blob *b, struct parts *p, uint32_t bytes)
{
	uint32_t id;

	for (size_t i = 0; i < p->npointers; i++)
		if (p->sizes[i] == bytes)
			return p->pointers[i];
	id = blob_type(b, NULL, BTF_KIND_PTR, 0, blob_bytes(b, p->byte, p->integer, bytes));
	if (p->npointers < ARRAY_SIZE(p->sizes)) {
		p->sizes[p->npointers] = bytes;
		p->pointers[p->npointers++] = id;
	}
	return id;
}

static uint32_t func_type(struct blob *b, struct parts *p, const struct dt_bpf_func_type *f)
{
	uint32_t params[ARRAY_SIZE(f->bytes)], proto;

	for (unsigned i = 0; i < f->nparams; i++)
		params[i] = f->bytes[i] ? pointer_to(b, p, f->bytes[i]) : p->number;
	proto = blob_type(b, NULL, BTF_KIND_FUNC_PROTO, f->nparams, p->number);
	for (unsigned i = 0; i < f->nparams; i++) {
		*blob_word(b) = blob_name(b, "arg");
		*blob_word(b) = params[i];
	}
	return blob_type(b, "dtrace", BTF_KIND_FUNC,
			 f->is_global ? BTF_FUNC_GLOBAL : BTF_FUNC_STATIC, proto);
}

#define FUNC_WORDS 64 /* a function takes less, with all its pointers */

int dt_bpf_btf_funcs(const struct dt_bpf_prog_spec *spec, struct bpf_func_info *info)
{
	_cleanup_free_ uint32_t *words = calloc(spec->nsubprogs + 1, FUNC_WORDS * sizeof(*words));
	static const struct dt_bpf_func_type of_static = { .nparams = 1 };
	struct blob b = { .big = words, .nstrings = 1 };
	struct parts p = { 0 };
	uint32_t shared;

	if (!words)
		return -ENOMEM;
	p.integer = blob_int(&b, "int", 4, BTF_INT_SIGNED);
	p.number = blob_int(&b, "long", 8, BTF_INT_SIGNED);
	p.byte = blob_int(&b, "unsigned char", 1, 0);
	shared = func_type(&b, &p, &of_static);
	for (size_t i = 0; i < spec->nsubprogs; i++)
		info[i].type_id = spec->func_types[i].is_global
					  ? func_type(&b, &p, &spec->func_types[i])
					  : shared;
	return blob_load(&b);
}

/* ---- the kernel's own ---- */

static bool read_all(int fd, void *mem, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, (char *)mem + done, size - done);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static int open_vmlinux(struct dt_bpf_vmlinux *v)
{
	struct stat st;
	_cleanup_fd_ int fd = open(VMLINUX_BTF, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) || st.st_size < (off_t)sizeof(struct btf_header))
		return -ENOENT;
	v->size = (size_t)st.st_size;
	v->mem = mmap(NULL, v->size, PROT_READ, MAP_PRIVATE, fd, 0); /* 6.16; ENODEV before */
	v->mapped = v->mem != MAP_FAILED;
	if (v->mapped)
		return 0;
	v->mem = malloc(v->size);
	if (v->mem && read_all(fd, v->mem, v->size))
		return 0;
	free(v->mem);
	v->mem = NULL;
	return -ENOENT;
}

void dt_bpf_btf_release(struct dt_bpf *ctx)
{
	if (ctx->vmlinux.mapped)
		munmap(ctx->vmlinux.mem, ctx->vmlinux.size);
	else
		free(ctx->vmlinux.mem);
	ctx->vmlinux.mem = NULL;
}

/* Bytes after a record's struct btf_type. */
static size_t extra_size(uint32_t kind, uint32_t vlen)
{
	static const struct {
		uint8_t fixed, each;
	} row[] = {
		[BTF_KIND_INT] = { 4, 0 },      [BTF_KIND_ARRAY] = { 12, 0 },
		[BTF_KIND_STRUCT] = { 0, 12 },  [BTF_KIND_UNION] = { 0, 12 },
		[BTF_KIND_ENUM] = { 0, 8 },     [BTF_KIND_FUNC_PROTO] = { 0, 8 },
		[BTF_KIND_VAR] = { 4, 0 },      [BTF_KIND_DATASEC] = { 0, 12 },
		[BTF_KIND_DECL_TAG] = { 4, 0 }, [BTF_KIND_ENUM64] = { 0, 12 },
	};

	return kind < ARRAY_SIZE(row) ? row[kind].fixed + (size_t)row[kind].each * vlen : 0;
}

/* Each string is stored once in the kernel's BTF, so that its offset identifies it.  0: not
 * found. */
static uint32_t string_offset(const char *strings, size_t size, const char *name)
{
	size_t len = strlen(name) + 1;
	const char *p = strings, *end = strings + size;

	while ((p = memmem(p, (size_t)(end - p), name, len))) {
		if (p > strings && p[-1] == '\0')
			return (uint32_t)(p - strings);
		p++;
	}
	return 0;
}

int dt_bpf_btf_id(struct dt_bpf *ctx, const char *name, uint32_t kind)
{
	struct dt_bpf_vmlinux *v = &ctx->vmlinux;
	const struct btf_header *hdr;
	const uint8_t *p, *end;
	uint32_t want;

	if (!v->mem && !v->absent)
		v->absent = open_vmlinux(v) < 0;
	if (v->absent)
		return -ENOENT;
	hdr = v->mem;
	p = (const uint8_t *)v->mem + hdr->hdr_len + hdr->type_off;
	end = p + hdr->type_len;
	want = string_offset((const char *)v->mem + hdr->hdr_len + hdr->str_off, hdr->str_len,
			     name);
	if (!want)
		return -ENOENT;
	for (int id = 1; p + sizeof(struct btf_type) <= end; id++) {
		const struct btf_type *t = (const struct btf_type *)p;

		if (t->name_off == want && BTF_INFO_KIND(t->info) == kind)
			return id;
		p += sizeof(*t) + extra_size(BTF_INFO_KIND(t->info), BTF_INFO_VLEN(t->info));
	}
	return -ENOENT;
}
