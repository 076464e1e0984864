/* SPDX-License-Identifier: MIT */
/*
 * dtrace_setopt() and dtrace_getopt(), and the table of options: each row says how a value is
 * written, what holds when none is set, and whether it may change while tracing.  To add an option,
 * add its row.  Options of a run are in handle->options by their DTRACEOPT_ number, those of the
 * compiler in handle->copts.  An option of DTrace that has no meaning here is refused by name
 * (refused.c).
 */
#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "api/hdl.h"
#include "base/near.h"
#include "base/quantity.h"
#include "base/version.h"
#include "lower/generate.h"
#include "lower/own.h"
#include "providers/unwinding.h"
#include "symbols/symbols.h"
#include "types/types.h"

enum kind { SIZE, RATE, INT, FLAG, POLICY, RESIZE, /* the compiler's: */ CFLAG, BOOL, CALL };

struct option {
	const char *name;
	enum kind kind;
	int number;              /* DTRACEOPT_*, DTRACE_C_*; BOOL: offset */
	bool dynamic;            /* may change while tracing */
	dtrace_optval_t initial; /* after go, when not set */
	int (*set)(dtrace_hdl_t *dtp, const char *value); /* CALL: 0 or an error number */
	const char *text;                                 /* for the manual */
};

#define MIB        (1024 * 1024LL)
#define SEC        1000000000LL
#define MAX_FRAMES 127 /* the kernel's own limit, unless a sysctl lowers it */

/* ---- values ---- */

static bool parse_int(const char *s, dtrace_optval_t *out)
{
	static const char *const on[] = { "yes", "enable", "enabled", "true", "on", "set" };
	static const char *const off[] = {
		"no", "disable", "disabled", "false", "off", "unset", ""
	};
	char *end;

	for (size_t i = 0; i < ARRAY_SIZE(on); i++)
		if (!strcasecmp(s, on[i])) {
			*out = 1;
			return true;
		}
	for (size_t i = 0; i < ARRAY_SIZE(off); i++)
		if (!strcasecmp(s, off[i])) {
			*out = DTRACEOPT_UNSET;
			return true;
		}
	errno = 0;
	*out = strtoll(s, &end, 0);
	return !errno && end != s && !*end && *out >= 0;
}

/* 0, or -1 with the handle's error set. */
static int parse_word(dtrace_hdl_t *dtp, const char *s, const char *const *words, size_t n,
		      dtrace_optval_t *out)
{
	struct dt_strbuf hint = { 0 };

	for (size_t i = 0; s && i < n; i++)
		if (!strcmp(s, words[i])) {
			*out = (dtrace_optval_t)i;
			return 0;
		}
	for (size_t i = 0; i < n; i++)
		dt_strbuf_printf(&hint, "%s%s", i ? ", " : "it is one of ", words[i]);
	dt_set_errno(dtp, EDT_BADOPTVAL);
	dt_set_hint(dtp, dt_strbuf_str(&hint));
	dt_strbuf_free(&hint);
	return -1;
}

/* 0, an EDT_ number, or -1 with the handle's error set. */
static int parse_value(dtrace_hdl_t *dtp, enum kind kind, const char *s, dtrace_optval_t *out)
{
	static const char *const policies[] = { "ring", "fill", "switch" };
	static const char *const resize[] = { "auto", "manual" };
	bool ok = false;

	*out = 0;
	switch (kind) {
	case SIZE: ok = !s || dt_parse_size(s, out); break;
	case RATE: ok = !s || dt_parse_interval(s, out); break;
	case INT:
	case FLAG: ok = !s || parse_int(s, out); break;
	case POLICY: return parse_word(dtp, s, policies, ARRAY_SIZE(policies), out);
	case RESIZE: return parse_word(dtp, s, resize, ARRAY_SIZE(resize), out);
	default: break;
	}
	return ok ? 0 : EDT_BADOPTVAL;
}

/* ---- options of the compiler ---- */

static int keep_arg(dtrace_hdl_t *dtp, const char *flag, const char *value)
{
	char *arg;

	if (!value)
		return EDT_BADOPTVAL;
	arg = dt_arena_printf(dtp->arena, "%s%s", flag, value);
	return arg && dt_vec_push(&dtp->copts.cppargs, arg) ? 0 : EDT_NOMEM;
}

static int set_define(dtrace_hdl_t *dtp, const char *value)
{
	return keep_arg(dtp, "-D", value);
}

static int set_undef(dtrace_hdl_t *dtp, const char *value)
{
	return keep_arg(dtp, "-U", value);
}

static int set_incdir(dtrace_hdl_t *dtp, const char *value)
{
	return keep_arg(dtp, "-I", value);
}

/* Several arguments are separated by blanks. */
static int set_cppargs(dtrace_hdl_t *dtp, const char *value)
{
	char *words = value ? dt_arena_strdup(dtp->arena, value) : NULL, *save, *word;
	int err = words ? 0 : value ? EDT_NOMEM : EDT_BADOPTVAL;

	for (word = words ? strtok_r(words, " ", &save) : NULL; word && !err;
	     word = strtok_r(NULL, " ", &save))
		err = keep_arg(dtp, "", word);
	return err;
}

/* The four degrees of conformance of other systems' preprocessors, as GNU's has them. */
static int set_stdc(dtrace_hdl_t *dtp, const char *value)
{
	static const char *const words[] = { "a", "c", "s", "t" };
	static const char *const dialects[] = { "-std=gnu17", "-std=c17", "-traditional-cpp",
						"-std=gnu89" };
	dtrace_optval_t v;

	if (parse_word(dtp, value, words, ARRAY_SIZE(words), &v))
		return -1;
	return keep_arg(dtp, dialects[v], "");
}

static int set_cpphdrs(dtrace_hdl_t *dtp, const char *value)
{
	return value ? EDT_BADOPTVAL : keep_arg(dtp, "-H", "");
}

static int set_cpppath(dtrace_hdl_t *dtp, const char *value)
{
	if (!value)
		return EDT_BADOPTVAL;
	dtp->copts.cpppath = dt_arena_strdup(dtp->arena, value);
	return dtp->copts.cpppath ? 0 : EDT_NOMEM;
}

static int set_version(dtrace_hdl_t *dtp, const char *value)
{
	uint32_t version;

	if (!value || !dt_version_parse(value, &version))
		return EDT_VERSINVAL;
	if (version > DT_VERSION_NEWEST)
		return EDT_VERSUNDEF;
	if (version > dtp->copts.version)
		return EDT_VERSREDUCED;
	dtp->copts.version = version;
	return 0;
}

static int set_amin(dtrace_hdl_t *dtp, const char *value)
{
	return value && dt_attr_parse(value, &dtp->copts.amin) ? 0 : EDT_BADOPTVAL;
}

static int set_libdir(dtrace_hdl_t *dtp, const char *value)
{
	char *dir;

	if (!value || !*value)
		return EDT_BADOPTVAL;
	dir = dt_arena_strdup(dtp->arena, value);
	return dir && dt_vec_push(&dtp->libraries.dirs, dir) ? 0 : EDT_NOMEM;
}

/* ---- options of what is created, shown and logged ---- */

/* NAME=VALUE, or NAME alone to remove it. */
static int keep_variable(dtrace_hdl_t *dtp, const char *value)
{
	char *variable = dt_arena_strdup(dtp->arena, value);

	return variable && dt_vec_push(&dtp->copts.environment, variable) ? 0 : EDT_NOMEM;
}

static int set_setenv(dtrace_hdl_t *dtp, const char *value)
{
	if (!value || *value == '=' || !strchr(value, '='))
		return EDT_BADOPTVAL;
	return keep_variable(dtp, value);
}

static int set_unsetenv(dtrace_hdl_t *dtp, const char *value)
{
	if (!value || !*value || strchr(value, '='))
		return EDT_BADOPTVAL;
	return keep_variable(dtp, value);
}

struct bounds {
	dtrace_optval_t least, most;
};

/* 0, or -1 with the handle's error set. */
static int check_bounds(dtrace_hdl_t *dtp, struct bounds b, dtrace_optval_t v)
{
	if (v < b.least)
		return dt_set_error(dtp, EDT_BADOPTVAL, "%s: the least is %" PRId64,
				    dtrace_errmsg(dtp, EDT_BADOPTVAL), b.least);
	if (v > b.most)
		return dt_set_error(dtp, EDT_BADOPTVAL, "%s: the most is %" PRId64,
				    dtrace_errmsg(dtp, EDT_BADOPTVAL), b.most);
	return 0;
}

static int parse_within(dtrace_hdl_t *dtp, const char *value, struct bounds b, uint32_t *out)
{
	dtrace_optval_t v;
	int err;

	if (!value || !dt_parse_size(value, &v))
		return EDT_BADOPTVAL;
	err = check_bounds(dtp, b, v);
	if (!err)
		*out = (uint32_t)v;
	return err;
}

static int set_bpflogsize(dtrace_hdl_t *dtp, const char *value)
{
	/* The least is the kernel's own. */
	return parse_within(dtp, value, (struct bounds){ 128, 64 * MIB }, &dtp->copts.bpflogsize);
}

static int set_buflimit(dtrace_hdl_t *dtp, const char *value)
{
	return parse_within(dtp, value, (struct bounds){ 1, 100 }, &dtp->copts.buflimit);
}

static int set_maxframes(dtrace_hdl_t *dtp, const char *value)
{
	return parse_within(dtp, value, (struct bounds){ 1, MAX_FRAMES }, &dtp->copts.maxframes);
}

static int set_scratchsize(dtrace_hdl_t *dtp, const char *value)
{
	return parse_within(dtp, value, (struct bounds){ 1, DT_OWN_MAX }, &dtp->copts.scratchsize);
}

static int set_printsize(dtrace_hdl_t *dtp, const char *value)
{
	return parse_within(dtp, value, (struct bounds){ 1, INT32_MAX }, &dtp->copts.printsize);
}

static int set_disasm(dtrace_hdl_t *dtp, const char *value)
{
	return parse_within(dtp, value, (struct bounds){ 1, DT_LISTING_ALL }, &dtp->copts.listings);
}

static int set_mangled(dtrace_hdl_t *dtp, const char *value)
{
	if (value)
		return EDT_BADOPTVAL;
	dt_usyms_demangle(dtp->env.usyms, false);
	return 0;
}

static int set_stacksymbols(dtrace_hdl_t *dtp, const char *value)
{
	dtrace_optval_t v = 1;

	if (value && !parse_int(value, &v))
		return EDT_BADOPTVAL;
	dtp->copts.stack_addresses = v == DTRACEOPT_UNSET || v == 0;
	return 0;
}

static int set_encoding(dtrace_hdl_t *dtp, const char *value)
{
	static const char *const words[] = { "ascii", "utf8" };
	dtrace_optval_t v;

	if (parse_word(dtp, value, words, ARRAY_SIZE(words), &v))
		return -1;
	dtp->copts.ascii = v == 0;
	dtp->copts.utf8 = v == 1;
	return 0;
}

static int set_evaltime(dtrace_hdl_t *dtp, const char *value)
{
	static const char *const words[] = { "exec", "preinit", "postinit", "main" };
	static const enum dt_proc_hold holds[] = { DT_PROC_HOLD_EXEC, DT_PROC_HOLD_PREINIT,
						   DT_PROC_HOLD_MAIN, DT_PROC_HOLD_MAIN };
	dtrace_optval_t v;

	if (parse_word(dtp, value, words, ARRAY_SIZE(words), &v))
		return -1;
	dtp->copts.hold = holds[v];
	return 0;
}

static int set_returns(dtrace_hdl_t *dtp, const char *value)
{
	static const char *const words[] = { "auto", "trampoline", "decode" };
	static const enum dt_returns ways[] = { DT_RETURNS_AUTO, DT_RETURNS_TRAMPOLINE,
						DT_RETURNS_DECODE };
	dtrace_optval_t v;

	if (parse_word(dtp, value, words, ARRAY_SIZE(words), &v))
		return -1;
	dtp->env.returns = ways[v];
	return 0;
}

/* ---- the table ---- */

#define RUN(name, kind, number, dynamic, initial, text)                      \
	{                                                                    \
		name, kind, DTRACEOPT_##number, dynamic, initial, NULL, text \
	}
#define CFLAG_(name, flag, text)                       \
	{                                              \
		name, CFLAG, flag, true, 0, NULL, text \
	}
#define CALL_(name, fn, text)                    \
	{                                        \
		name, CALL, 0, true, 0, fn, text \
	}
#define BOOL_(name, member, text)                                                  \
	{                                                                          \
		name, BOOL, offsetof(struct dt_copts, member), true, 0, NULL, text \
	}

static const struct option options[] = {
	RUN("aggrate", RATE, AGGRATE, true, SEC, "How often aggregations are read."),
	RUN("aggsize", SIZE, AGGSIZE, false, 4 * MIB,
	    "Memory for an aggregation's keys and values on one CPU: at least for one key."),
	RUN("aggsortkey", FLAG, AGGSORTKEY, true, DTRACEOPT_UNSET,
	    "Sort rows by key instead of by value."),
	RUN("aggsortkeypos", INT, AGGSORTKEYPOS, true, DTRACEOPT_UNSET,
	    "The key that rows are sorted by first, from 0."),
	RUN("aggsortpos", INT, AGGSORTPOS, true, DTRACEOPT_UNSET,
	    "The aggregation that `printa()` of several sorts by, from 0."),
	RUN("aggsortrev", FLAG, AGGSORTREV, true, DTRACEOPT_UNSET,
	    "Sort rows in descending order."),
	RUN("agghist", FLAG, AGGHIST, true, DTRACEOPT_UNSET, "Show counts as bars."),
	RUN("aggpack", FLAG, AGGPACK, true, DTRACEOPT_UNSET, "Show each distribution on one line."),
	RUN("aggzoom", FLAG, AGGZOOM, true, DTRACEOPT_UNSET, "Scale bars to the largest bucket."),
	RUN("bufpolicy", POLICY, BUFPOLICY, false, DTRACEOPT_BUFPOLICY_SWITCH,
	    "`switch`, `fill` or `ring`: what happens when a buffer is full."),
	RUN("bufresize", RESIZE, BUFRESIZE, false, DTRACEOPT_BUFRESIZE_AUTO,
	    "`auto` lowers sizes that the kernel has no memory for, `manual` fails."),
	RUN("bufsize", SIZE, BUFSIZE, false, 4 * MIB,
	    "Size of each CPU's buffer: at least the longest record's."),
	RUN("cleanrate", RATE, CLEANRATE, false, 9900990, "Accepted; nothing needs cleaning here."),
	RUN("cpu", INT, CPU, false, -1, "Trace on this CPU only."),
	RUN("destructive", FLAG, DESTRUCTIVE, false, DTRACEOPT_UNSET,
	    "Permit destructive actions, as `-w`."),
	RUN("dynvarsize", SIZE, DYNVARSIZE, false, MIB,
	    "Memory for the elements of an associative array."),
	RUN("flowindent", FLAG, FLOWINDENT, true, DTRACEOPT_UNSET,
	    "Indent the output by entry and return, as `-F`."),
	RUN("jstackframes", INT, JSTACKFRAMES, false, 50, "Frames of `jstack()`."),
	RUN("jstackstrsize", SIZE, JSTACKSTRSIZE, false, 512,
	    "Room in a record of `jstack()` for names that helpers of a program write; no program "
	    "on Linux has such helpers, and frames are named as in `ustack()`."),
	RUN("nspec", INT, NSPEC, false, 1, "Number of speculations."),
	RUN("quiet", FLAG, QUIET, true, DTRACEOPT_UNSET,
	    "Print only what the program prints, as `-q`."),
	RUN("rawbytes", FLAG, RAWBYTES, true, DTRACEOPT_UNSET,
	    "Print byte arrays as dumps, even where they look like text."),
	RUN("specsize", SIZE, SPECSIZE, false, 32768, "Memory for each speculation."),
	RUN("stackframes", INT, STACKFRAMES, false, 20, "Frames of `stack()`."),
	RUN("stackindent", INT, STACKINDENT, true, DTRACEOPT_UNSET,
	    "Blanks in front of each frame; 14 when not set."),
	RUN("statusrate", RATE, STATUSRATE, false, SEC, "How often drops are reported."),
	RUN("strsize", SIZE, STRSIZE, false, 256,
	    "Longest string, with its NUL: from 8 to 4096 bytes."),
	RUN("switchrate", RATE, SWITCHRATE, true, SEC, "How often buffers are read."),
	RUN("temporal", FLAG, TEMPORAL, false, DTRACEOPT_UNSET,
	    "Records of all CPUs in the order of time."),
	RUN("ustackframes", INT, USTACKFRAMES, false, 20, "Frames of `ustack()`."),
	CFLAG_("argref", DTRACE_C_ARGREF, "Macro arguments may be left unused."),
	CFLAG_("cpp", DTRACE_C_CPP, "Run the C preprocessor on scripts, as `-C`."),
	CFLAG_("defaultargs", DTRACE_C_DEFARG,
	       "Missing macro arguments are 0 and the empty string."),
	CFLAG_("empty", DTRACE_C_EMPTY, "Permit programs without clauses."),
	CFLAG_("pspec", DTRACE_C_PSPEC,
	       "A word that may begin a declaration or a probe description begins a description."),
	CFLAG_("verbose", DTRACE_C_DIFV, "Show the generated code, as `-S`."),
	CFLAG_("zdefs", DTRACE_C_ZDEFS, "Permit descriptions that match nothing, as `-Z`."),
	BOOL_("aggpercpu", aggpercpu, "Show the value of each CPU, too."),
	CALL_("amin", set_amin,
	      "The least stability of what programs may use, such as `Evolving/Evolving/Common`."),
	BOOL_("bpflog", bpflog,
	      "Where the kernel's verifier refuses a program, show all of its log, which can be "
	      "very long, instead of the last 20 lines. Nothing for programs that load."),
	CALL_("bpflogsize", set_bpflogsize,
	      "Bytes of that log, from 128 to `64m`; of more only the end is there (before Linux "
	      "6.4 the beginning). Without it all of the log, up to `64m`."),
	CALL_("buflimit", set_buflimit,
	      "How full a buffer may be, in percent, before it is read even if `switchrate` has "
	      "not passed; 25 when not set."),
	CALL_("cgroup", dt_filter_cgroup,
	      "Trace only processes in this cgroup or below it: a path of the file system, or as "
	      "in `/proc/PID/cgroup`. Several are added up, also with `unit` and `container`."),
	CALL_("container", dt_filter_container,
	      "Trace only the container whose id begins like this: its cgroup is one of Docker's, "
	      "Podman's, CRI-O's or containerd's."),
	CALL_("cppargs", set_cppargs, "More arguments of the preprocessor, separated by blanks."),
	CALL_("cpphdrs", set_cpphdrs, "Print the included files, as `-H`."),
	CALL_("cpppath", set_cpppath, "Path of the preprocessor."),
	BOOL_("debug", debug,
	      "Show what a run has made in the kernel: maps, programs, and how they are attached."),
	CALL_("define", set_define, "Define a name for the preprocessor, as `-D`."),
	CALL_("disasm", set_disasm,
	      "What `-S` shows: 1 the intermediate representation, 2 BPF, 3 both."),
	BOOL_("droptags", droptags, "Put the kind of a drop in front of its message."),
	CALL_("encoding", set_encoding, "`ascii` or `utf8`: how distributions are drawn."),
	CALL_("evaltime", set_evaltime,
	      "Where a created process is held until tracing begins: `exec` (nothing but the "
	      "program is mapped), `preinit` (its libraries are mapped), `postinit` or `main` "
	      "(their "
	      "initialisers have run, its entry point comes next)."),
	BOOL_("errtags", errtags, "Put the tag of an error in front of its message."),
	CALL_("incdir", set_incdir, "Add a directory for included files, as `-I`."),
	CALL_("libdir", set_libdir,
	      "Add a directory with D libraries, as `-L`: its files `*.d` are compiled before the "
	      "next program."),
	CALL_("mangled", set_mangled,
	      "Show C++ and Rust names as the symbols of programs have them."),
	CALL_("maxframes", set_maxframes,
	      "Frames of a stack at most, also of those whose depth the program gives: from 1 to "
	      "127."),
	BOOL_("nolibs", nolibs, "Read no D libraries."),
	BOOL_("noresolve", noresolve, "Show user-space addresses as numbers."),
	CALL_("pid", dt_filter_pids, "Trace only these processes: `N,N`."),
	CALL_("printsize", set_printsize,
	      "Bytes of a value that `print()` shows; what lies behind them is left out."),
	BOOL_("quietresize", quietresize, "Do not report buffer sizes that were lowered."),
	CALL_("returns", set_returns,
	      "How the pid provider finds returns: `trampoline` (the kernel's, which exceptions do "
	      "not "
	      "pass), `decode` (at the instructions that return) or `auto` (as the process "
	      "needs)."),
	CALL_("scratchsize", set_scratchsize,
	      "Bytes of a block that `alloca()` or `copyin()` gives, at most `4k`; a larger one is "
	      "a fault."),
	CALL_("setenv", set_setenv,
	      "`NAME=VALUE`: a variable in the environment of processes that are created."),
	CALL_("stacksymbols", set_stacksymbols, "With `off`, stacks show addresses as numbers."),
	CALL_("stdc", set_stdc,
	      "The preprocessor's dialect, as `-X`: `a` GNU C, `c` ISO C, `s` before ISO C, `t` C "
	      "of 1989."),
	CALL_("syslibdir", set_libdir,
	      "The same as `libdir`: the system's own libraries are built in, and stay."),
	BOOL_("tree", tree, "Show the typed trees of the programs."),
	CALL_("undef", set_undef, "Undefine a name for the preprocessor, as `-U`."),
	CALL_("version", set_version,
	      "The version of D that scripts are written for, up to 1.13: later names are not "
	      "known. "
	      "It may be lowered only."),
	CALL_("unit", dt_filter_unit,
	      "Trace only the processes of this unit of systemd, such as `ssh.service`."),
	CALL_("unsetenv", set_unsetenv,
	      "Removes a variable from the environment of processes that are created."),
};

bool dt_option_describe(size_t i, struct dt_option_doc *out)
{
	static const char *const kinds[] = { "size",   "rate", "number", "flag", "policy",
					     "resize", "flag", "flag",   "" };
	const struct option *o = &options[i];

	if (i >= ARRAY_SIZE(options))
		return dt_option_describe_refused(i - ARRAY_SIZE(options), out);
	*out = (struct dt_option_doc){ o->name,    kinds[o->kind],
				       o->text,    o->kind < CFLAG && o->dynamic,
				       o->initial, true };
	return true;
}

static const struct option *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		if (!strcmp(options[i].name, name))
			return &options[i];
	return NULL;
}

static bool is_runtime(const struct option *o)
{
	return o->kind < CFLAG;
}

static dtrace_optval_t value_of(const dtrace_hdl_t *dtp, int number)
{
	if (dtp->options[number] != DTRACEOPT_UNSET)
		return dtp->options[number];
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		if (is_runtime(&options[i]) && options[i].number == number)
			return options[i].initial;
	return DTRACEOPT_UNSET;
}

/* ---- setting ---- */

static uint64_t rate_ns(const dtrace_hdl_t *dtp, int number)
{
	return (uint64_t)DT_MAX(value_of(dtp, number), 0);
}

/* The run keeps the options that it works by; called whenever one may have changed. */
static void configure_run(dtrace_hdl_t *dtp)
{
	struct dt_run_settings settings = {
		.statusrate_ns = rate_ns(dtp, DTRACEOPT_STATUSRATE),
		.switchrate_ns = rate_ns(dtp, DTRACEOPT_SWITCHRATE),
		.aggrate_ns = rate_ns(dtp, DTRACEOPT_AGGRATE),
		.bufpolicy = (int)value_of(dtp, DTRACEOPT_BUFPOLICY),
		.whole_log = dtp->copts.bpflog,
		.log_max = dtp->copts.bpflogsize,
	};

	dt_run_configure(dtp->run, &settings);
}

/* Limits that generated code and the consumer rely on. */
static struct bounds bounds_of(const struct option *o)
{
	switch (o->number) {
	case DTRACEOPT_STRSIZE: return (struct bounds){ 8, 4096 };
	case DTRACEOPT_STACKFRAMES:
	case DTRACEOPT_USTACKFRAMES: return (struct bounds){ 1, MAX_FRAMES };
	case DTRACEOPT_BUFSIZE:
	case DTRACEOPT_AGGSIZE:
	case DTRACEOPT_DYNVARSIZE: return (struct bounds){ 1, 1024 * MIB };
	default: return (struct bounds){ INT64_MIN, o->kind == INT ? INT32_MAX : INT64_MAX };
	}
}

/* 0, an EDT_ number, or -1 with the handle's error set. */
static int set_runtime(dtrace_hdl_t *dtp, const struct option *o, const char *value)
{
	struct bounds b = bounds_of(o);
	dtrace_optval_t v;
	int err;

	if (dt_is_started(dtp) && !o->dynamic)
		return EDT_ACTIVE;
	err = parse_value(dtp, o->kind, value, &v);
	if (err)
		return err;
	if (check_bounds(dtp, b, v))
		return -1;
	dtp->options[o->number] = v;
	configure_run(dtp);
	if (o->number == DTRACEOPT_STRSIZE)
		dt_types_set_strsize(dtp->env.types, (uint64_t)v);
	return 0;
}

static bool *switch_of(dtrace_hdl_t *dtp, const struct option *o)
{
	return (bool *)((char *)&dtp->copts + o->number);
}

static int set(dtrace_hdl_t *dtp, const struct option *o, const char *value)
{
	if (is_runtime(o))
		return set_runtime(dtp, o, value);
	if (o->kind == CALL)
		return o->set(dtp, value);
	if (value)
		return EDT_BADOPTVAL;
	if (o->kind == BOOL)
		*switch_of(dtp, o) = true;
	else
		dtp->copts.cflags |= (uint32_t)o->number;
	configure_run(dtp);
	return 0;
}

static int no_such_option(dtrace_hdl_t *dtp, const char *name)
{
	struct dt_near n;
	char hint[128];

	dt_near_init(&n, name);
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		dt_near_offer(&n, options[i].name);
	dt_set_errno(dtp, EDT_BADOPTNAME);
	if (n.best[0]) {
		snprintf(hint, sizeof(hint), "did you mean \"%s\"?", n.best);
		dt_set_hint(dtp, hint);
	}
	return -1;
}

int dtrace_setopt(dtrace_hdl_t *dtp, const char *name, const char *value)
{
	const struct option *o;
	int err;

	if (!name)
		return dt_set_errno(dtp, EINVAL);
	o = find(name);
	if (!o && dt_option_refused(name))
		return dt_set_error(dtp, EDT_BADOPTNAME,
				    "Option is not available on this system: %s",
				    dt_option_refused(name));
	if (!o)
		return no_such_option(dtp, name);
	err = set(dtp, o, value);
	return err > 0 ? dt_set_errno(dtp, err) : err;
}

static bool is_on(dtrace_hdl_t *dtp, const struct option *o)
{
	if (o->kind == BOOL)
		return *switch_of(dtp, o);
	return dtp->copts.cflags & (uint32_t)o->number;
}

int dtrace_getopt(dtrace_hdl_t *dtp, const char *name, dtrace_optval_t *value)
{
	const struct option *o;

	if (!name)
		return dt_set_errno(dtp, EINVAL);
	o = find(name);
	if (!o || o->kind == CALL)
		return dt_set_errno(dtp, EDT_BADOPTNAME);
	if (is_runtime(o))
		*value = dtp->options[o->number];
	else
		*value = is_on(dtp, o) ? 1 : DTRACEOPT_UNSET;
	return 0;
}

/* When a script's pragmas are read, its preprocessor has run, and so may have the start of a
 * process. */
static bool is_too_late(const dtrace_hdl_t *dtp, const struct option *o)
{
	static int (*const of_cpp[])(dtrace_hdl_t *, const char *) = {
		set_define, set_undef, set_incdir, set_cpppath, set_cpphdrs, set_cppargs, set_stdc,
	};
	static int (*const of_creation[])(dtrace_hdl_t *, const char *) = {
		set_evaltime,
		set_setenv,
		set_unsetenv,
	};

	for (size_t i = 0; i < ARRAY_SIZE(of_cpp); i++)
		if (o->kind == CALL && o->set == of_cpp[i])
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(of_creation); i++)
		if (o->kind == CALL && o->set == of_creation[i])
			return dtp->target != 0;
	return false;
}

const char *dt_option_pragma(void *arg, const char *name, const char *value,
			     const struct dt_loc *loc, const char **hint)
{
	dtrace_hdl_t *dtp = arg;
	const struct option *o = find(name);
	int err;

	(void)loc;
	if (!o && dt_option_refused(name))
		return dt_option_refused(name);
	if (o && is_too_late(dtp, o))
		return dt_strerror(EDT_BADOPTCTX);
	err = o ? set(dtp, o, value) : no_such_option(dtp, name);
	if (err >= 0)
		return err ? dt_strerror(err) : NULL;
	*hint = dtp->error.place.dtep_hint;
	return dtrace_errmsg(dtp, dtrace_errno(dtp));
}

int dt_option_setopt(dtrace_hdl_t *dtp, const char *name, const char *value,
		     dtrace_optval_t *before, dtrace_optval_t *after)
{
	const struct option *o = find(name);
	int err;

	if (!o || !is_runtime(o))
		return EDT_BADOPTNAME;
	*before = dtp->options[o->number];
	err = set_runtime(dtp, o, value);
	*after = dtp->options[o->number];
	return err;
}

/* ---- open and go ---- */

bool dt_option_is_set(const dtrace_hdl_t *dtp, int number)
{
	return dtp->options[number] != DTRACEOPT_UNSET;
}

void dt_options_init(dtrace_hdl_t *dtp)
{
	for (int i = 0; i < DTRACEOPT_MAX; i++)
		dtp->options[i] = DTRACEOPT_UNSET;
	dtp->copts.hold = DT_PROC_HOLD_PREINIT;
	dtp->copts.version = DT_VERSION_NEWEST;
	dtp->copts.maxframes = MAX_FRAMES;
	dtp->copts.scratchsize = DT_OWN_MAX;
	dtp->copts.buflimit = 25;
	dtp->copts.listings = DT_LISTING_ALL;
	dt_usyms_demangle(dtp->env.usyms, true);
	configure_run(dtp);
}

void dt_options_settle(dtrace_hdl_t *dtp, dtrace_optval_t as_set[DTRACEOPT_MAX])
{
	dtrace_optval_t *o = dtp->options;

	memcpy(as_set, o, sizeof(dtp->options));
	for (int i = 0; i < DTRACEOPT_MAX; i++)
		o[i] = value_of(dtp, i);
	/* DTrace's bounds; a client reads the result with dtrace_getopt(). */
	o[DTRACEOPT_CLEANRATE] = DT_MIN(DT_MAX(o[DTRACEOPT_CLEANRATE], SEC / 5000), 60 * SEC);
	o[DTRACEOPT_STATUSRATE] = DT_MIN(o[DTRACEOPT_STATUSRATE], 10 * SEC);
	configure_run(dtp);
}

void dt_options_restore(dtrace_hdl_t *dtp, const dtrace_optval_t as_set[DTRACEOPT_MAX])
{
	memcpy(dtp->options, as_set, sizeof(dtp->options));
	configure_run(dtp);
}
