/* SPDX-License-Identifier: MIT */
/*
 * The entry of lang/: D text in, AST (ast.h) out.  It works inside a dt_compile: errors leave by
 * dt_fail() with D's tag, the place and the message.  Nothing is kept between calls.  The AST lies
 * in the arena of the compile and refers to no string of the caller, but for the name of the file.
 */
#ifndef DT_LANG_LANG_H
#define DT_LANG_LANG_H

#include <stdbool.h>
#include <stddef.h>
#include "base/fail.h"
#include "base/near.h"
#include "lang/ast.h"
#include "probe/pdesc.h"

/* The values of $1, $$1, $0 and $name. Zero-filled: none is defined. */
struct dt_macros {
	int argc;
	char *const *argv; /* argv[0] is $0 */
	bool defaultargs;  /* an undefined $n is 0, an undefined $$n is "" */
	/* The value of $target, $pid, $uid ... as text in BUF; false: there is no such macro
	 * variable, or it has no value now. */
	bool (*lookup)(void *arg, const char *name, char *buf, size_t size);
	dt_names_fn *names; /* for suggestions (DT_NAMES_MACRO); may be NULL */
	void *lookup_arg;   /* of both */
};

struct dt_parse_opts {
	const char *text;
	size_t len;
	const char *file; /* NULL: a string of a command line or a caller; must outlive the AST */
	enum dt_pspec probespec; /* the field that a description without colons names */
	struct dt_macros macros;
	bool empty;  /* an empty program is not an error (D_EMPTY) */
	bool argref; /* the last argument need not be used (D_MACRO_UNUSED) */
	/* DTRACE_C_PSPEC: a word that may begin a declaration or a description begins a
	 * description */
	bool pspec;
	/* Is NAME (LEN bytes) a type that types/ knows? The parser itself keeps those of the
	 * program. */
	bool (*is_type)(void *arg, const char *name, size_t len);
	void *is_type_arg;
	/* #pragma D option NAME[=VALUE], called while parsing, in order. Returns NULL, or why it
	 * was refused ("Invalid option name"), which becomes D_PRAGMA_OPTSET, with *HINT, which
	 * may be NULL. NULL callback: options are ignored. The parser's own (defaultargs, empty,
	 * argref, pspec) hold from their line on in any case. */
	const char *(*option)(void *arg, const char *name, const char *value,
			      const struct dt_loc *loc, const char **hint);
	void *option_arg;
};

struct dt_ast_program *dt_parse(struct dt_compile *compile, const struct dt_parse_opts *opts);
/* The text is a single type name: `struct task_struct *`, `mod`foo_t`. Uses text, len, is_type
 * and macros of OPTS. */
struct dt_ast_type *dt_parse_type(struct dt_compile *compile, const struct dt_parse_opts *opts);
/* The text is a single expression. */
struct dt_ast_expr *dt_parse_expr(struct dt_compile *compile, const struct dt_parse_opts *opts);

/* Parses the text of a probe description with the meaning of dtrace_xstr2desc(): fields bind
 * right to left from SPEC, after MACROS (may be NULL) are expanded; the id stays 0. Strings are
 * in ARENA, of any length. Returns 0, -EDT_BADSPEC (too many fields), -EDT_BADSPCV (undefined
 * macro), -EINVAL (bad SPEC) or -ENOMEM. USED (may be NULL): bit n is set when $n is used, bit
 * 63 for all from there. */
struct dt_arena;
int dt_pdesc_parse(struct dt_arena *arena, const char *text, size_t len, enum dt_pspec spec,
		   const struct dt_macros *macros, struct dt_pdesc *out, uint64_t *used);

/* Line LINE (from 1) of TEXT without its newline, and its length; NULL: there is no such line. */
const char *dt_lang_line(const char *text, size_t len, uint32_t line, size_t *line_len);

/* D's reserved words, for completion and messages. */
size_t dt_lang_keywords(const char *const **names);

#endif
