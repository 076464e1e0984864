/* SPDX-License-Identifier: MIT */
/*
 * The door of lang/: D text in, AST (ast.h) out.  Works inside a dt_compile: what is wrong leaves by
 * dt_fail() with D's tag, the place and the message.  Nothing is kept between calls; the AST lies
 * in the compile's arena and refers to no string of the caller, but for the file name's.
 */
#ifndef DT_LANG_LANG_H
#define DT_LANG_LANG_H

#include <stdbool.h>
#include <stddef.h>
#include "base/fail.h"
#include "lang/ast.h"
#include "probe/pdesc.h"

/* What $1, $$1, $0 and $name stand for. Zero-filled: nothing is defined. */
struct dt_macros {
	int argc;
	char *const *argv; /* argv[0] is $0 */
	bool defaultargs;  /* an undefined $n is 0, an undefined $$n is "" */
	/* The value of $target, $pid, $uid ... as text in BUF; false: no such macro variable, or it
	 * has no value now. */
	bool (*lookup)(void *arg, const char *name, char *buf, size_t size);
	void *lookup_arg;
};

struct dt_parse_opts {
	const char *text;
	size_t len;
	const char *file; /* NULL: a command line's or a caller's string; must outlive the AST */
	enum dt_pspec probespec; /* which field a description without colons names */
	struct dt_macros macros;
	bool empty;  /* a program without clauses and declarations is no error (D_EMPTY) */
	bool argref; /* the last argument of macros need not be used (D_MACRO_UNUSED) */
	bool pspec;  /* DTRACE_C_PSPEC: where a word may begin a declaration or a description, it is
			a description */
	/* Typedef feedback: is NAME (LEN bytes) a type that types/ knows? Those of the program
	 * itself lang/ tracks. */
	bool (*is_type)(void *arg, const char *name, size_t len);
	void *is_type_arg;
	/*
	 * #pragma D option NAME[=VALUE], called while parsing, in order. Returns NULL, or the
	 * reason it was refused
	 * ("Invalid option name"), which becomes D_PRAGMA_OPTSET. NULL callback: options are
	 * ignored, but for those above (defaultargs, empty, argref, pspec), which hold from their
	 * line on in either case.
	 */
	const char *(*option)(void *arg, const char *name, const char *value,
			      const struct dt_loc *loc);
	void *option_arg;
};

struct dt_ast_program *dt_parse(struct dt_compile *compile, const struct dt_parse_opts *opts);
/* The whole text is one type name: `struct task_struct *`, `mod`foo_t`. Uses text, len, is_type,
 * macros. */
struct dt_ast_type *dt_parse_type(struct dt_compile *compile, const struct dt_parse_opts *opts);
/* The whole text is one expression. */
struct dt_ast_expr *dt_parse_expr(struct dt_compile *compile, const struct dt_parse_opts *opts);

/*
 * A probe description's text, with the meaning of dtrace_xstr2desc(): fields bind right to left
 * from SPEC, macros (may be NULL) are expanded before that; the id stays 0. Strings in ARENA.
 * Returns 0, -EDT_BADSPEC (too many fields), -EDT_BADSPCV (undefined macro), -EINVAL (bad SPEC) or
 * -ENOMEM. Lengths are not judged. USED (may be NULL): bit n, at most 63, is set when $n is
 * referenced.
 */
struct dt_arena;
int dt_pdesc_parse(struct dt_arena *arena, const char *text, size_t len, enum dt_pspec spec,
		   const struct dt_macros *macros, struct dt_pdesc *out, uint64_t *used);

/* Line LINE (from 1) of TEXT without its newline, its length in *LINE_LEN; NULL when there is no
 * such line. */
const char *dt_lang_line(const char *text, size_t len, uint32_t line, size_t *line_len);

/* D's reserved words, for completion and messages. */
size_t dt_lang_keywords(const char *const **names);

#endif
