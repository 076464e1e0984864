/* SPDX-License-Identifier: MIT */
/*
 * dtrace_program_*(): from text to a typed tree, and enabling.  Each compile has an arena, which
 * then belongs to its program.  One that fails leaves nothing in the handle but its message.  No
 * code is made here: generate.c does that in dtrace_go(), for all programs together.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "api/hdl.h"
#include "api/suggest.h"
#include "builtin/builtins.h"
#include "lang/cpp.h"
#include "lang/lang.h"
#include "symbols/symbols.h"
#include "types/types.h"

/* A call of dtrace_program_strcompile() or _fcompile(). */
struct request {
	dtrace_hdl_t *dtp;
	const char *text;
	size_t len;
	const char *source; /* as its author wrote it: before cpp */
	size_t source_len;
	const char *file; /* NULL: text of a command line or a caller */
	dtrace_probespec_t spec;
	uint32_t cflags;
	int argc;
	char *const *argv;
	bool old_errtags;
};

/* ---- questions of the parser and the checker ---- */

static bool is_type(void *arg, const char *name, size_t len)
{
	const struct dt_asker *asker = arg;
	struct dt_types *types = asker->dtp->env.types;
	char buf[256], *tick;

	if (len >= sizeof(buf))
		return false;
	memcpy(buf, name, len);
	buf[len] = '\0';
	tick = strchr(buf, '`');
	if (tick) {
		*tick = '\0';
		return *buf && dt_types_lookup(types, buf, DT_TAG_NONE, tick + 1);
	}
	if (!dt_types_lookup_d(types, DT_TAG_NONE, buf))
		dt_libraries_use(asker->dtp, asker->compile, buf);
	return dt_types_lookup(types, NULL, DT_TAG_NONE, buf) != NULL;
}

static bool use_library(void *arg, struct dt_compile *compile, const char *name)
{
	return dt_libraries_use(arg, compile, name);
}

static bool find_symbol(void *arg, const char *module, const char *name, uint64_t *addr)
{
	dtrace_hdl_t *dtp = arg;
	struct dt_ksym sym;

	if (!dt_ksyms_name(dtp->env.ksyms, module, name, &sym))
		return false;
	*addr = sym.addr;
	return true;
}

/*
 * The macro variables: name, whether it is set, value.  Only the one that is asked for is
 * evaluated, since these are system calls, which a script may be tracing.  Solaris puts processes
 * into projects and tasks; here all are in number 0.
 */
/* clang-format off */
#define MACRO_VARIABLES(X) \
	X("egid", true, getegid()) \
	X("euid", true, geteuid()) \
	X("gid", true, getgid()) \
	X("pgid", true, getpgid(0)) \
	X("pid", true, getpid()) \
	X("ppid", true, getppid()) \
	X("projid", true, 0) \
	X("sid", true, getsid(0)) \
	X("target", dtp->target != 0, dtp->target) \
	X("taskid", true, 0) \
	X("uid", true, getuid())
/* clang-format on */

bool dt_macro_lookup(void *arg, const char *name, char *buf, size_t size)
{
	const dtrace_hdl_t *dtp = arg;

#define X(word, is_set, value)                             \
	if (!strcmp(name, word) && (is_set)) {             \
		snprintf(buf, size, "%ld", (long)(value)); \
		return true;                               \
	}
	MACRO_VARIABLES(X)
#undef X
	return false;
}

void dt_macro_offer(struct dt_near *n)
{
#define X(word, is_set, value) dt_near_offer(n, word);
	MACRO_VARIABLES(X)
#undef X
}

/* ---- compiling ---- */

struct dt_check_opts dt_check_opts_of(dtrace_hdl_t *dtp, uint32_t cflags)
{
	return (struct dt_check_opts){
		.types = dtp->env.types,
		.probes = &dtp->probes,
		.builtins = dt_all_builtins,
		.symtab = dtp->symtab,
		.amin = &dtp->copts.amin,
		.version = dtp->copts.version,
		.zdefs = (cflags & DTRACE_C_ZDEFS) || (dtp->oflags & DTRACE_O_NODEV),
		.symbol = find_symbol,
		.library = use_library,
		.depends = dt_libraries_depends,
		.names = dt_suggest,
		.arg = dtp,
	};
}

bool dt_compile_text(dtrace_hdl_t *dtp, struct dt_compile *compile,
		     void (*body)(struct dt_compile *compile, void *arg), void *arg)
{
	struct dt_check_opts opts = dt_check_opts_of(dtp, 0);
	struct dt_check_mark mark = dt_check_mark(&opts);
	size_t nlibraries = dtp->libraries.loaded.n;
	struct dt_compile *outer = dt_types_guard(dtp->env.types, compile);
	bool ok = dt_compile_run(compile, body, arg);

	dt_types_guard(dtp->env.types, outer);
	if (!ok) {
		dt_check_rollback(&opts, &mark);
		dt_libraries_rollback(dtp, nlibraries);
	}
	return ok;
}

struct dt_parse_opts dt_parse_opts_of(struct dt_asker *asker)
{
	return (struct dt_parse_opts){
		.macros = { .lookup = dt_macro_lookup,
			    .names = dt_suggest,
			    .lookup_arg = asker->dtp },
		.is_type = is_type,
		.is_type_arg = asker,
		.option = dt_option_pragma,
		.option_arg = asker->dtp,
	};
}

static struct dt_parse_opts parse_opts(const struct request *c, struct dt_asker *asker)
{
	struct dt_parse_opts opts = dt_parse_opts_of(asker);

	opts.text = c->text;
	opts.len = c->len;
	opts.file = c->file;
	opts.probespec = (enum dt_pspec)c->spec;
	opts.macros.argc = c->argc;
	opts.macros.argv = c->argv;
	opts.macros.defaultargs = c->cflags & DTRACE_C_DEFARG;
	opts.empty = c->cflags & DTRACE_C_EMPTY;
	opts.argref = c->cflags & DTRACE_C_ARGREF;
	opts.pspec = c->cflags & DTRACE_C_PSPEC;
	return opts;
}

/* "in predicate: " and "in action list: ", for text without a file. */
static const char *context_of(const struct request *c, const struct dt_ast_program *ast,
			      const struct dt_loc *loc)
{
	if (c->file)
		return c->file;
	switch (ast ? dt_ast_region(ast, loc) : DT_REGION_NONE) {
	case DT_REGION_PREDICATE: return "in predicate: ";
	case DT_REGION_ACTIONS: return "in action list: ";
	default: return NULL;
	}
}

struct job {
	struct dt_parse_opts parse;
	struct dt_check_opts check;
	uint32_t *pragma_cflags; /* what the program's pragmas have set */
	struct dt_ast_program *ast;
	struct dt_tprog *prog;
};

static void parse_and_check(struct dt_compile *compile, void *arg)
{
	struct job *job = arg;

	job->ast = dt_parse(compile, &job->parse);
	job->check.zdefs |= (*job->pragma_cflags & DTRACE_C_ZDEFS) != 0;
	job->prog = dt_check_program(compile, &job->check, job->ast);
}

static void report(const struct request *c, const struct dt_ast_program *ast,
		   const struct dt_diag *diag, bool first)
{
	bool included = diag->loc.file && c->file && strcmp(diag->loc.file, c->file);
	const char *context = context_of(c, ast, &diag->loc);
	const char *source = included ? NULL : c->source;

	if (first)
		dt_set_diag(c->dtp, diag, context, source, c->source_len);
	else
		dt_add_diag(c->dtp, diag, context, source, c->source_len);
}

/* NULL: it failed, nothing of it is left, and the handle has the messages. */
static struct dt_tprog *compile_in(const struct request *c, struct dt_compile *compile,
				   const struct dt_ast_program **ast)
{
	dtrace_hdl_t *dtp = c->dtp;
	struct dt_asker asker = { dtp, compile };
	struct job job = { .parse = parse_opts(c, &asker),
			   .check = dt_check_opts_of(dtp, c->cflags),
			   .pragma_cflags = &dtp->copts.cflags };
	bool ok = dt_compile_text(dtp, compile, parse_and_check, &job);

	*ast = job.ast;
	if (ok)
		return job.prog;
	report(c, job.ast, &compile->diag, true);
	for (uint32_t i = 1; i < compile->nerrors; i++)
		report(c, job.ast, &compile->errors[i], false);
	return NULL;
}

static dtrace_prog_t *program_new(struct request *c)
{
	dtrace_hdl_t *dtp = c->dtp;
	struct dtrace_prog *prog = calloc(1, sizeof(*prog));
	struct dt_arena *arena = dt_arena_new();
	struct dt_compile compile = { .arena = arena };
	bool errtags = dtp->copts.errtags;

	if (!prog || !arena || !dt_vec_push(&dtp->progs, prog)) {
		free(prog);
		dt_arena_free(arena);
		dt_set_errno(dtp, EDT_NOMEM);
		return NULL;
	}
	dtp->copts.errtags |= (c->cflags & DTRACE_C_ETAGS) != 0;
	dt_libfiles_load(dtp);
	prog->arena = arena;
	prog->tree = compile_in(c, &compile, &prog->ast);
	dtp->copts.errtags = errtags;
	if (!prog->tree) {
		dtp->progs.n--;
		dt_arena_free(arena);
		free(prog);
		return NULL;
	}
	dtp->error.number = 0;
	return prog;
}

static bool check_call(dtrace_hdl_t *dtp, const void *source, uint_t cflags)
{
	if (!source || (cflags & ~(uint_t)DTRACE_C_MASK)) {
		dt_set_errno(dtp, EINVAL);
		return false;
	}
	return true;
}

dtrace_prog_t *dtrace_program_strcompile(dtrace_hdl_t *dtp, const char *src,
					 dtrace_probespec_t spec, uint_t cflags, int argc,
					 char *const argv[])
{
	struct request c = { .dtp = dtp,
			     .text = src,
			     .spec = spec,
			     .cflags = cflags | dtp->copts.cflags,
			     .argc = argc,
			     .argv = argv };

	if (!check_call(dtp, src, cflags))
		return NULL;
	c.len = strlen(src);
	c.source = c.text;
	c.source_len = c.len;
	return program_new(&c);
}

static int read_all(FILE *file, struct dt_strbuf *out)
{
	char buf[8192];
	size_t n;

	while ((n = fread(buf, 1, sizeof(buf), file)) > 0)
		dt_strbuf_add(out, buf, n);
	if (ferror(file))
		return EDT_FIO;
	return out->nomem ? EDT_NOMEM : 0;
}

/* SOURCE through the preprocessor. 0, or -1 with the error set. */
static int preprocess(dtrace_hdl_t *dtp, const struct dt_strbuf *source, struct dt_strbuf *out)
{
	struct dt_cpp_opts opts = { .path = dtp->copts.cpppath,
				    .args = dtp->copts.cppargs.data,
				    .nargs = dtp->copts.cppargs.n };
	struct dt_strbuf why = { 0 };
	int err = dt_cpp_run(&opts, dt_strbuf_str(source), source->len, out, &why);

	if (err)
		dt_set_failure(dtp, err, dt_strbuf_str(&why));
	dt_strbuf_free(&why);
	return err ? -1 : 0;
}

dtrace_prog_t *dtrace_program_fcompile(dtrace_hdl_t *dtp, FILE *file, uint_t cflags, int argc,
				       char *const argv[])
{
	struct request c = { .dtp = dtp,
			     .spec = DTRACE_PROBESPEC_NAME,
			     .cflags = cflags | dtp->copts.cflags,
			     .argc = argc,
			     .argv = argv };
	struct dt_strbuf source = { 0 }, text = { 0 };
	bool cpp = c.cflags & DTRACE_C_CPP;
	dtrace_prog_t *prog = NULL;
	int err;

	if (!check_call(dtp, file, cflags))
		return NULL;
	c.file = dt_arena_strdup(dtp->arena, argc > 0 && argv ? argv[0] : "<input>");
	err = read_all(file, &source);
	if (err)
		dt_set_errno(dtp, err);
	else if (cpp)
		err = preprocess(dtp, &source, &text);
	if (!err) {
		c.source = dt_strbuf_str(&source);
		c.source_len = source.len;
		c.text = cpp ? dt_strbuf_str(&text) : c.source;
		c.len = cpp ? text.len : c.source_len;
		prog = program_new(&c);
	}
	dt_strbuf_free(&source);
	dt_strbuf_free(&text);
	return prog;
}

/* ---- enabling ---- */

static void count_stmt(void *arg, struct dt_stmt *s)
{
	dtrace_proginfo_t *info = arg;

	if (s->kind == DT_S_AGG)
		info->dpi_aggregates++;
	else if (s->kind == DT_S_ACTION)
		info->dpi_recgens += s->nargs ? s->nargs : 1;
}

static void stmts(struct dt_stmt *const *list, uint32_t n, dtrace_proginfo_t *info)
{
	for (uint32_t i = 0; i < n; i++) {
		count_stmt(info, list[i]);
		stmts(list[i]->then_body, list[i]->nthen, info);
		stmts(list[i]->else_body, list[i]->nelse, info);
	}
}

void dtrace_program_info(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_proginfo_t *info)
{
	struct dt_attr stmt = { DTRACE_STABILITY_STABLE, DTRACE_STABILITY_STABLE,
				DTRACE_CLASS_COMMON },
		       desc = stmt;

	(void)dtp;
	if (!info)
		return;
	*info = (dtrace_proginfo_t){ 0 };
	dt_vec_each(&prog->tree->clauses, it)
	{
		stmts((*it)->stmts, (*it)->nstmts, info);
		desc = dt_attr_min(desc, (*it)->descattr);
		stmt = dt_attr_min(stmt, (*it)->stmtattr);
	}
	info->dpi_descattr = dt_attr_public(desc);
	info->dpi_stmtattr = dt_attr_public(stmt);
}

int dtrace_program_exec(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_proginfo_t *info)
{
	if (dt_is_started(dtp))
		return dt_set_errno(dtp, EBUSY);
	if (!dt_vec_push(&dtp->enabled, prog->tree))
		return dt_set_errno(dtp, EDT_NOMEM);
	dt_vec_each(&prog->tree->clauses, it) dtp->destructive |= (*it)->is_destructive;
	if (info) {
		dtrace_program_info(dtp, prog, info);
		info->dpi_matches = prog->tree->nprobes_matched;
	}
	return 0;
}
