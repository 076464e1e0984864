/* SPDX-License-Identifier: MIT */
/* Functions on files: a descriptor's struct file, and path names. */
#include <linux/bpf.h>
#include <string.h>
#include <sys/stat.h>
#include "base/fail.h"
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/call.h"
#include "check/context.h"
#include "check/type.h"
#include "lower/hooks.h"
#include "runtime/path.h"
#include "runtime/runtime.h"
#include "types/types.h"

static uint32_t offset_of(struct dt_cg *cg, const char *structure, const char *member)
{
	return dt_cg_field(cg, structure, DT_MEMBERS(member), NULL);
}

/* A member of a structure that the verifier knows. */
static dt_vreg load(struct dt_cg *cg, dt_vreg base, const char *structure, const char *member)
{
	return dt_cg_load_field(cg, base, structure, DT_MEMBERS(member));
}

static struct dt_val emit_getf(struct dt_cg *cg, const struct dt_expr *e)
{
	return dt_val_num(dt_cg_file(cg, dt_cg_num(cg, e->kids[0])));
}

/* ---- bio_dentry ---- */

/* A member of a structure at any address, WIDTH bytes; 0 where the address is bad. */
static dt_vreg peek(struct dt_cg *cg, dt_vreg base, const char *structure, const char *member,
		    unsigned width)
{
	uint32_t at = offset_of(cg, structure, member);

	return dt_cg_peek(cg, dt_ir_bini(&cg->ir, DT_IR_ADD, base, at), width);
}

#define OP_MASK        0xff /* of bi_opf: REQ_OP_MASK */
#define OP_WRITE       1    /* REQ_OP_WRITE; reading is 0, others have no pages */
#define MAPPING_NOFILE 3    /* bits of page->mapping that say that it leads to no file */

/*
 * The file whose page is the first one of the bio, by one of its names:
 *
 *	page = bio->bi_io_vec->bv_page;
 *	if (page->compound_head & 1)
 *		page = page->compound_head - 1;
 *	inode = page->mapping->host;
 *	alias = inode is no block device ? inode->i_dentry.first : NULL;
 *	return alias ? container_of(alias, struct dentry, d_u) : NULL;
 */
static struct dt_val emit_bio_dentry(struct dt_cg *cg, const struct dt_expr *e)
{
	dt_vreg bio = dt_cg_num(cg, e->kids[0]), dentry = dt_ir_new(&cg->ir), at, head, mode;
	dt_vreg page = dt_ir_new(&cg->ir), op = peek(cg, bio, "bio", "bi_opf", 4);
	dt_label none = dt_ir_label(&cg->ir), single = dt_ir_label(&cg->ir);

	dt_ir_seti(&cg->ir, dentry, 0);
	op = dt_ir_bini(&cg->ir, DT_IR_AND, op, OP_MASK);
	dt_ir_jcci(&cg->ir, DT_IR_JUGT, op, OP_WRITE, none);
	at = peek(cg, bio, "bio", "bi_io_vec", 8);
	dt_ir_set(&cg->ir, page, peek(cg, at, "bio_vec", "bv_page", 8));
	head = peek(cg, page, "page", "compound_head", 8);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_ir_bini(&cg->ir, DT_IR_AND, head, 1), 0, single);
	dt_ir_set(&cg->ir, page, dt_ir_bini(&cg->ir, DT_IR_SUB, head, 1));
	dt_ir_place(&cg->ir, single);
	at = peek(cg, page, "page", "mapping", 8);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_ir_bini(&cg->ir, DT_IR_AND, at, MAPPING_NOFILE), 0, none);
	at = peek(cg, at, "address_space", "host", 8);
	mode = dt_ir_bini(&cg->ir, DT_IR_AND, peek(cg, at, "inode", "i_mode", 2), S_IFMT);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, mode, S_IFBLK, none);
	at = peek(cg, at, "inode", "i_dentry", 8);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, at, 0, none);
	dt_ir_set(&cg->ir, dentry,
		  dt_ir_bini(&cg->ir, DT_IR_SUB, at, offset_of(cg, "dentry", "d_u")));
	dt_ir_place(&cg->ir, none);
	return dt_val_num(dentry);
}

/* ---- d_path ---- */

#define UNKNOWN "<unknown>"

enum path_kind { KIND_PATH, KIND_DENTRY, KIND_MOUNT, NKINDS };

static const char *const kinds[] = { "path", "dentry", "vfsmount" };

/* What a pointer of this type leads to; NKINDS: nothing that has a path name. */
static enum path_kind kind_of(const struct dt_type *type)
{
	enum path_kind kind = 0;
	const struct dt_type *to = dt_type_strip(type);

	if (to->kind != DT_K_PTR)
		return NKINDS;
	to = dt_type_strip(to->base);
	while (kind < NKINDS && (to->kind != DT_K_STRUCT || strcmp(to->name, kinds[kind]) != 0))
		kind++;
	return kind;
}

static void check_d_path(struct dt_check *c, struct dt_expr *e)
{
	for (uint32_t n = 0; n < e->nkids; n++) {
		const struct dt_expr *kid = e->kids[n];
		enum path_kind kind = kind_of(kid->type);
		bool is_null = n && kid->op == DT_E_INT && kid->ival == 0;

		if (!is_null && (n ? kind != KIND_PATH : kind == NKINDS))
			dt_check_bad_arg(c, &kid->loc, "d_path", n + 1, "struct path *", kid->type);
	}
}

/* Where this kernel has the members that the walk needs. */
static void put_offsets(struct dt_cg *cg, struct dt_mem walk)
{
	static const struct {
		const char *structure, *members[3];
	} fields[] = {
#define X(name, structure, ...) { structure, { __VA_ARGS__ } },
		DT_PATH_FIELDS(X)
#undef X
	};
	uint64_t words[DT_PATH_NFIELDS * sizeof(uint16_t) / sizeof(uint64_t)];
	uint16_t offsets[DT_PATH_NFIELDS];

	for (size_t n = 0; n < DT_PATH_NFIELDS; n++)
		offsets[n] = (uint16_t)dt_cg_field(cg, fields[n].structure, fields[n].members,
						   NULL);
	memcpy(words, offsets, sizeof(words));
	for (size_t n = 0; n < ARRAY_SIZE(words); n++)
		dt_ir_st(&cg->ir, walk.base,
			 walk.off + (int32_t)(offsetof(struct dt_path_walk, at) + n * 8), 8,
			 dt_ir_const(&cg->ir, (int64_t)words[n]));
}

static void put_pair(struct dt_cg *cg, struct dt_mem walk, size_t offset, dt_vreg mnt,
		     dt_vreg dentry)
{
	dt_ir_st(&cg->ir, walk.base, walk.off + (int32_t)offset, 8, mnt);
	dt_ir_st(&cg->ir, walk.base, walk.off + (int32_t)offset + 8, 8, dentry);
}

/* A struct path { mnt, dentry } at a kernel address. */
static void read_pair(struct dt_cg *cg, struct dt_mem walk, size_t offset, dt_vreg addr)
{
	struct dt_mem m = { walk.base, walk.off + (int32_t)offset };

	dt_cg_read_into(cg, m, 16, addr, false);
}

static void put_start(struct dt_cg *cg, struct dt_mem walk, const struct dt_expr *e)
{
	size_t offset = offsetof(struct dt_path_walk, mnt);
	dt_vreg addr = dt_cg_num(cg, e), root;

	switch (kind_of(e->type)) {
	case KIND_DENTRY: put_pair(cg, walk, offset, dt_ir_const(&cg->ir, 0), addr); break;
	case KIND_MOUNT:
		root = dt_ir_bini(&cg->ir, DT_IR_ADD, addr, offset_of(cg, "vfsmount", "mnt_root"));
		put_pair(cg, walk, offset, addr, dt_cg_read(cg, root, 8, false));
		break;
	default: read_pair(cg, walk, offset, addr);
	}
}

/* Where the walk ends: at the process's root, or what the second argument says. */
static void put_end(struct dt_cg *cg, struct dt_mem walk, const struct dt_expr *e)
{
	size_t offset = offsetof(struct dt_path_walk, root_mnt);
	dt_vreg fs, mnt, dentry, zero;

	if (e->nkids > 1 && e->kids[1]->op != DT_E_INT) {
		read_pair(cg, walk, offset, dt_cg_num(cg, e->kids[1]));
	} else if (e->nkids > 1) {
		zero = dt_ir_const(&cg->ir, 0);
		put_pair(cg, walk, offset, zero, zero);
	} else {
		fs = load(cg, dt_cg_task(cg), "task_struct", "fs");
		mnt = dt_cg_load_field(cg, fs, "fs_struct", DT_MEMBERS("root", "mnt"));
		dentry = dt_cg_load_field(cg, fs, "fs_struct", DT_MEMBERS("root", "dentry"));
		put_pair(cg, walk, offset, dt_ir_un(&cg->ir, DT_IR_NUM, mnt),
			 dt_ir_un(&cg->ir, DT_IR_NUM, dentry));
	}
}

/*
 * The path that ends WORK, SIZE bytes with its NUL, goes to TO; one that is longer is cut.
 *	if (size == 0)
 *		n = copy(to, "<unknown>");
 *	else if (n = min(size, cap), copy(to, work + DT_PATH_MAX - size, n), size > cap)
 *		to[cap - 1] = 0;
 */
static dt_vreg copy_path(struct dt_cg *cg, const struct dt_str *to, struct dt_mem work,
			 dt_vreg size)
{
	uint32_t unknown = DT_MIN(to->cap, (uint32_t)sizeof(UNKNOWN));
	dt_vreg n = dt_ir_new(&cg->ir), from;
	dt_label known = dt_ir_label(&cg->ir), end = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, size, 0, known);
	for (uint32_t i = 0; i < unknown; i++)
		dt_ir_sti(&cg->ir, to->mem.base, to->mem.off + (int32_t)i, 1,
			  i + 1 < unknown ? UNKNOWN[i] : 0);
	dt_ir_seti(&cg->ir, n, unknown);
	dt_ir_jmp(&cg->ir, end);
	dt_ir_place(&cg->ir, known);
	from = dt_ir_bini(&cg->ir, DT_IR_ADD, dt_ir_un(&cg->ir, DT_IR_NUM, dt_cg_mem_ptr(cg, work)),
			  DT_PATH_MAX);
	dt_ir_set(&cg->ir, n, dt_cg_bound(cg, size, to->cap));
	dt_ir_helper(&cg->ir, BPF_FUNC_probe_read_kernel,
		     DT_ARGS(dt_cg_mem_ptr(cg, to->mem), n,
			     dt_ir_bin(&cg->ir, DT_IR_SUB, from, size)));
	dt_ir_jcci(&cg->ir, DT_IR_JULE, size, to->cap, end);
	dt_ir_sti(&cg->ir, to->mem.base, to->mem.off + (int32_t)to->cap - 1, 1, 0);
	dt_ir_place(&cg->ir, end);
	return n;
}

static struct dt_val emit_d_path(struct dt_cg *cg, const struct dt_expr *e)
{
	struct dt_str to = dt_cg_str_place(cg, (uint32_t)cg->plan->opts.strsize);
	struct dt_mem walk = dt_cg_scratch(cg, sizeof(struct dt_path_walk)), work;
	dt_vreg size;
	uint32_t top;

	to.cap = (uint32_t)cg->plan->opts.strsize;
	put_start(cg, walk, e->kids[0]);
	put_end(cg, walk, e);
	put_offsets(cg, walk);
	top = cg->slot_top;
	work = dt_cg_scratch(cg, 2 * DT_PATH_MAX);
	size = dt_ir_runtime(&cg->ir, DT_RT_PATH,
			     DT_ARGS(dt_cg_mem_ptr(cg, work), dt_cg_mem_ptr(cg, walk),
				     dt_ir_const(&cg->ir, DT_PATH_MAX)));
	to.size = copy_path(cg, &to, work, size);
	to.padded = false;
	cg->slot_top = top; /* the next call may have it */
	return dt_val_str(to);
}

static const struct dt_builtin rows[] = {
	{ "bio_dentry", DT_BI_SUBR, "struct dentry *(struct bio *)", .emit = emit_bio_dentry,
	  .doc = "One name of the file that a `struct bio` reads or writes; NULL: none is known.",
	  .example = "sdt:::block_bio_queue { @[d_path(bio_dentry(args[0]))] = count(); }" },
	{ "d_path", DT_BI_SUBR, "string(@, [@])", .check = check_d_path, .emit = emit_d_path,
	  .doc = "Path name of a kernel `struct path`, up to the root of the current process or, "
		 "with NULL as second argument, to that of the mount namespace; `struct vfsmount`: "
		 "of where it is mounted; `struct dentry`: within its file system.",
	  .example = "trace(d_path(&curthread->fs->pwd))" },
	{ "getf", DT_BI_SUBR, "struct file *(int)", .emit = emit_getf,
	  .doc = "The kernel's `struct file` of a descriptor of the current process; NULL: none.",
	  .example = "syscall::read:entry { trace(getf(arg0)->f_pos); }" },
};

const struct dt_builtin_family dt_builtins_subr_file = { "subr_file", rows, ARRAY_SIZE(rows) };
