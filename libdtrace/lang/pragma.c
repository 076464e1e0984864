/* SPDX-License-Identifier: MIT */
/*
 * Lines that begin with #: #!, line markers of cpp, #line, #error, #ident, #pragma [D] ...  The
 * lexer calls dt_lex_control() when it meets one.  Options are passed to the caller of the parser
 * at once; attributes, binding and depends_on become items of the AST.
 */
#include <limits.h>
#include <string.h>
#include "base/arena.h"
#include "lang/lex.h"

struct control {
	struct dt_lex *lx;
	struct dt_loc loc;
	const char *p, *end; /* the rest of the line */
	const char *name;    /* "option" */
	const char *what;    /* "#pragma option" or "#line", for messages */
	bool quoted;         /* the last word was a string */
};

struct directive {
	const char *name;
	void (*run)(struct control *c);
	bool pragma_only; /* not as #name */
};

/* The next word or quoted string of the line; NULL: none. */
static const char *next_word(struct control *c)
{
	const char *start;
	size_t len;

	while (c->p < c->end && strchr(" \t\r\f\v", *c->p))
		c->p++;
	if (c->p == c->end)
		return NULL;
	c->quoted = *c->p == '"';
	if (c->quoted) {
		start = ++c->p;
		while (c->p < c->end && *c->p != '"')
			c->p++;
		len = (size_t)(c->p - start);
		if (c->p < c->end)
			c->p++;
		return dt_arena_strndup(c->lx->compile->arena, start, len);
	}
	start = c->p;
	while (c->p < c->end && !strchr(" \t\r\f\v", *c->p))
		c->p++;
	return dt_arena_strndup(c->lx->compile->arena, start, (size_t)(c->p - start));
}

static _Noreturn void malformed(struct control *c, const char *syntax)
{
	dt_fail(c->lx->compile, &c->loc, "D_PRAGMA_MALFORM", "malformed %s %s", c->what, syntax);
}

static void no_more(struct control *c)
{
	if (next_word(c))
		dt_fail(c->lx->compile, &c->loc, "D_PRAGMA_MALFORM",
			"superfluous arguments specified for %s", c->what);
}

static void emit(struct control *c, enum dt_ast_pragma_kind kind, const char *value,
		 const char *name, const char *part)
{
	struct dt_ast_pragma *pragma;

	if (c->lx->nbraces)
		dt_fail(c->lx->compile, &c->loc, "D_PRAGMA_SCOPE",
			"%s may only be used outside of { }", c->what);
	pragma = dt_arena_new_obj(c->lx->compile->arena, struct dt_ast_pragma);
	*pragma = (struct dt_ast_pragma){
		.loc = c->loc, .kind = kind, .value = value, .name = name, .part = part
	};
	if (c->lx->pragma)
		c->lx->pragma(c->lx->pragma_arg, pragma);
}

/* Is VALUE "Name/Data/Class", or a prefix of it? */
static bool valid_attributes(const char *value)
{
	static const char stabilities[] =
		"/internal/private/obsolete/external/unstable/evolving/stable/standard/";
	static const char classes[] = "/unknown/cpu/platform/group/isa/common/";
	char word[16] = "/";

	for (int part = 0; part < 3; part++) {
		size_t len = strcspn(value, "/");

		if (!len || len + 3 > sizeof(word))
			return false;
		memcpy(word + 1, value, len);
		strcpy(word + 1 + len, "/");
		if (!strcasestr(part < 2 ? stabilities : classes, word))
			return false;
		value += len;
		if (!*value)
			return true;
		value++;
	}
	return false;
}

static void run_attributes(struct control *c)
{
	const char *value = next_word(c), *name = next_word(c), *part = NULL;

	if (!value || !name)
		malformed(c, "<attributes> <ident>");
	if (!strcmp(name, "provider")) {
		name = next_word(c);
		part = next_word(c);
		if (!name || !part)
			malformed(c, "<attributes> provider <name> <part>");
	}
	no_more(c);
	if (!valid_attributes(value))
		dt_fail(c->lx->compile, &c->loc, "D_PRAGMA_INVAL",
			"invalid attributes specified by %s", c->what);
	emit(c, DT_PRAGMA_ATTRIBUTES, value, name, part);
}

static void run_binding(struct control *c)
{
	const char *version = next_word(c), *name;

	if (!version || !c->quoted)
		malformed(c, "\"version\" <ident>");
	name = next_word(c);
	if (!name)
		malformed(c, "\"version\" <ident>");
	no_more(c);
	emit(c, DT_PRAGMA_BINDING, version, name, NULL);
}

static void run_depends_on(struct control *c)
{
	const char *class = next_word(c), *name = next_word(c);

	if (!class || !name)
		malformed(c, "<class> <name>");
	if (strcmp(class, "library") && strcmp(class, "module") && strcmp(class, "provider"))
		dt_fail_hint(c->lx->compile, &c->loc, "D_PRAGMA_INVAL",
			     "it is one of library, module, provider",
			     "invalid class %s specified by %s", class, c->what);
	no_more(c);
	emit(c, DT_PRAGMA_DEPENDS_ON, class, name, NULL);
}

static void run_error(struct control *c)
{
	while (c->p < c->end && strchr(" \t", *c->p))
		c->p++;
	dt_fail(c->lx->compile, &c->loc, "D_PRAGERR", "#error: %.*s", (int)(c->end - c->p), c->p);
}

static void run_ident(struct control *c)
{
	if (!next_word(c) || !c->quoted)
		malformed(c, "\"string\"");
	no_more(c);
}

/* The next line is line NUMBER [of FILE]; of cpp's flags 3 is a system header. */
static void set_line(struct control *c, const char *number)
{
	struct dt_lex *lx = c->lx;
	unsigned long line = 0;
	const char *file, *flag;

	for (const char *d = number; *d; d++) {
		if (*d < '0' || *d > '9' || line > INT_MAX / 16)
			malformed(c, "<line> \"file\"");
		line = line * 10 + (unsigned long)(*d - '0');
	}
	file = next_word(c);
	if (file && !c->quoted)
		malformed(c, "<line> \"file\"");
	lx->line = (uint32_t)line - 1;
	if (!file)
		return;
	if (!*file || !strcmp(file, "<stdin>") || (lx->opts->file && !strcmp(file, lx->opts->file)))
		lx->file = lx->opts->file;
	else
		lx->file = file;
	lx->in_system = false;
	while ((flag = next_word(c)))
		lx->in_system |= !strcmp(flag, "3");
}

static void run_line(struct control *c)
{
	const char *number = next_word(c);

	if (!number)
		malformed(c, "<line> \"file\"");
	set_line(c, number);
}

/* The parser's own options hold from their line on, whatever the caller does with them. */
static void own_option(struct dt_parse_opts *opts, const char *name)
{
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "argref", &opts->argref },
		{ "defaultargs", &opts->macros.defaultargs },
		{ "empty", &opts->empty },
		{ "pspec", &opts->pspec },
	};

	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		if (!strcmp(flags[i].name, name))
			*flags[i].flag = true;
}

static void run_option(struct control *c)
{
	struct dt_parse_opts *opts = c->lx->opts;
	const char *word = next_word(c), *equals, *name, *value = NULL, *why, *hint = NULL;

	if (!word || c->quoted || *word == '=')
		malformed(c, "<option>=<val>");
	equals = strchr(word, '=');
	name = equals ? dt_arena_strndup(c->lx->compile->arena, word, (size_t)(equals - word))
		      : word;
	if (equals)
		value = equals + 1;
	no_more(c);
	why = opts->option ? opts->option(opts->option_arg, name, value, &c->loc, &hint) : NULL;
	if (hint)
		hint = dt_arena_strdup(c->lx->compile->arena, hint);
	if (why && value)
		dt_fail_hint(c->lx->compile, &c->loc, "D_PRAGMA_OPTSET", hint,
			     "failed to set option '%s' to '%s': %s", name, value, why);
	if (why)
		dt_fail_hint(c->lx->compile, &c->loc, "D_PRAGMA_OPTSET", hint,
			     "failed to set option '%s': %s", name, why);
	own_option(opts, name);
}

static const struct directive directives[] = {
	{ "attributes", run_attributes, true }, { "binding", run_binding, true },
	{ "depends_on", run_depends_on, true }, { "error", run_error, false },
	{ "ident", run_ident, false },          { "line", run_line, false },
	{ "option", run_option, true },
};

static bool run(struct control *c, const char *name, bool pragma)
{
	for (size_t i = 0; i < ARRAY_SIZE(directives); i++) {
		if (strcmp(directives[i].name, name) || (directives[i].pragma_only && !pragma))
			continue;
		c->what = dt_arena_printf(c->lx->compile->arena, "#%s%s", pragma ? "pragma " : "",
					  name);
		directives[i].run(c);
		return true;
	}
	return false;
}

static const char *hint_directive(struct control *c, const char *name, bool pragma)
{
	struct dt_near n;

	dt_near_init(&n, name);
	if (!pragma)
		dt_near_offer(&n, "pragma");
	for (size_t i = 0; i < ARRAY_SIZE(directives); i++)
		if (pragma || !directives[i].pragma_only)
			dt_near_offer(&n, directives[i].name);
	return dt_near_hint_as(c->lx->compile->arena, &n, pragma ? "#pragma D " : "#");
}

/* #pragma D name ... Without the D, an unknown name is a pragma for others. */
static void pragma(struct control *c)
{
	const char *name = next_word(c);
	bool ours = name && !strcmp(name, "D");

	if (ours)
		name = next_word(c);
	if (!name)
		dt_fail(c->lx->compile, &c->loc, "D_PRAGMA_MALFORM",
			"malformed #pragma D directive: a name is missing");
	if (!run(c, name, true) && ours)
		dt_fail_hint(c->lx->compile, &c->loc, "D_PRAGMA_INVAL",
			     hint_directive(c, name, true), "invalid #pragma: %s", name);
}

/* The end of the text of a line: its newline, or a comment. */
static const char *text_end(const char *p, const char *eol, const char **block)
{
	bool quoted = false;

	*block = NULL;
	for (; p < eol; p++) {
		if (*p == '"')
			quoted = !quoted;
		if (quoted || *p != '/' || p + 1 == eol)
			continue;
		if (p[1] == '*') {
			*block = p;
			return p;
		}
		if (p[1] == '/' && (p[-1] == ' ' || p[-1] == '\t'))
			return p;
	}
	return eol;
}

void dt_lex_control(struct dt_lex *lx)
{
	const char *eol = memchr(lx->p, '\n', (size_t)(lx->end - lx->p)), *block, *word;
	struct control c = { .lx = lx, .loc = dt_lex_loc(lx, lx->p), .p = lx->p + 1 };

	if (!eol)
		eol = lx->end;
	lx->line_empty = false;
	if (c.p < eol && *c.p == '!') { /* #!/usr/sbin/dtrace */
		lx->p = eol;
		return;
	}
	c.end = text_end(c.p, eol, &block);
	word = next_word(&c);
	lx->p = block ? block
		      /* the lexer continues with a comment, which may be longer than the line */
		      : eol;
	if (!word)
		return;
	if (*word >= '0' && *word <= '9') {
		c.what = "#line";
		set_line(&c, word);
	} else if (!strcmp(word, "pragma")) {
		pragma(&c);
	} else if (!run(&c, word, false)) {
		dt_fail_hint(lx->compile, &c.loc, "D_PRAGCTL_INVAL",
			     hint_directive(&c, word, false), "invalid control directive: #%s",
			     word);
	}
}
