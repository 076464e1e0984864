/* SPDX-License-Identifier: MIT */
/*
 * lang/: a table of sources, each with its tree, or with its error as "LINE:COL [TAG] message".
 * Known types are foo_t, bar_t and those that a program declares.  Macros: $1 is 42, $2 is read, $3
 * is a b, $target is 99.
 */
#include "base/arena.h"
#include "base/errno.h"
#include "base/strbuf.h"
#include "lang/lang.h"
#include "test.h"

static char options[256];

static bool is_type(void *arg, const char *name, size_t len)
{
	(void)arg;
	return len == 5 && (!memcmp(name, "foo_t", 5) || !memcmp(name, "bar_t", 5));
}

static bool lookup(void *arg, const char *name, char *buf, size_t size)
{
	(void)arg;
	if (strcmp(name, "target"))
		return false;
	snprintf(buf, size, "99");
	return true;
}

static const char *option(void *arg, const char *name, const char *value, const struct dt_loc *loc,
			  const char **hint)
{
	size_t len = strlen(options);

	*hint = NULL;
	(void)arg;
	snprintf(options + len, sizeof(options) - len, "%s=%s@%u;", name, value ? value : "-",
		 loc->line);
	return strcmp(name, "nosuch") ? NULL : "Invalid option name";
}

static char *const argv[] = { (char *)"prog", (char *)"42", (char *)"read", (char *)"a b",
			      (char *)"99999999999999999999" };

enum how { PROGRAM, EXPR, TYPE };

struct parse {
	enum how how;
	struct dt_parse_opts opts;
	struct dt_strbuf out;
};

static void parse(struct dt_compile *compile, void *arg)
{
	struct parse *p = arg;
	struct dt_strbuf *out = &p->out;

	if (p->how == PROGRAM) {
		dt_ast_dump(out, dt_parse(compile, &p->opts));
		while (out->len && out->s[out->len - 1] == '\n')
			out->s[--out->len] = '\0';
	} else if (p->how == EXPR) {
		dt_ast_dump_expr(out, dt_parse_expr(compile, &p->opts));
	} else {
		dt_ast_dump_type(out, dt_parse_type(compile, &p->opts));
	}
}

/* What TEXT becomes, as a string that the caller frees. */
static struct dt_strbuf run(enum how how, const char *text, size_t len, struct dt_parse_opts opts)
{
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct parse p = { .how = how, .opts = opts };
	const struct dt_diag *diag = &compile.diag;

	p.opts.text = text;
	p.opts.len = len;
	p.opts.is_type = is_type;
	p.opts.option = option;
	p.opts.macros.lookup = lookup;
	options[0] = '\0';
	if (!dt_compile_run(&compile, parse, &p)) {
		dt_strbuf_printf(&p.out, "%u:%u [%s] %s", diag->loc.line, diag->loc.col, diag->tag,
				 diag->msg);
		if (diag->loc.file)
			dt_strbuf_printf(&p.out, " in %s", diag->loc.file);
	}
	dt_arena_free(compile.arena);
	return p.out;
}

struct row {
	const char *text, *want;
};

static void check(enum how how, const struct row *rows, size_t n, struct dt_parse_opts opts)
{
	for (size_t i = 0; i < n; i++) {
		struct dt_strbuf got = run(how, rows[i].text, strlen(rows[i].text), opts);

		if (strcmp(dt_strbuf_str(&got), rows[i].want)) {
			test_failed++;
			fprintf(stderr, "%s\n   gives %s\n   not   %s\n", rows[i].text,
				dt_strbuf_str(&got), rows[i].want);
		} else {
			test_passed++;
		}
		dt_strbuf_free(&got);
	}
}

static const struct dt_parse_opts plain = {
	.probespec = DT_PSPEC_NAME,
	.argref = true,
	.macros = { .argc = 5, .argv = argv },
};

static const struct row exprs[] = {
	/* precedence and association */
	{ "1+2*3", "(+ 1 (* 2 3))" },
	{ "1-2-3", "(- (- 1 2) 3)" },
	{ "a = b += c", "(= a (+= b c))" },
	{ "a || b ^^ c && d | e ^ f & g == h < i << j + k * -l",
	  "(|| a (^^ b (&& c (| d (^ e (& f (== g (< h (<< i (+ j (* k (- l))))))))))))" },
	{ "a ? b, c : d ? e : f", "(? a (, b c) (? d e f))" },
	{ "a, b, c", "(, (, a b) c)" },
	{ "!~*&x", "(! (~ (* (& x))))" },
	{ "++x--", "(++ (post-- x))" },
	{ "a+++b", "(+ (post++ a) b)" },
	{ "x <<= 1, y >>= 2, z ^= 3", "(, (, (<<= x 1) (>>= y 2)) (^= z 3))" },
	{ "a / b / c", "(/ (/ a b) c)" },
	/* literals */
	{ "0x1Fu", "0x1fu" },
	{ "017", "15" },
	{ "0", "0" },
	{ "12ULL", "12ull" },
	{ "3lu", "3ul" },
	{ "18446744073709551615", "18446744073709551615" },
	{ "18446744073709551616",
	  "1:1 [D_INT_OFLOW] constant 18446744073709551616 results in integer overflow" },
	{ "089", "1:1 [D_INT_DIGIT] constant 089 contains invalid digit 8" },
	{ "12ab", "1:1 [D_INT_DIGIT] constant 12ab contains invalid digit a" },
	{ "0x", "1:1 [D_INT_DIGIT] constant 0x contains invalid digit x" },
	{ "1.5", "1:1 [D_SYNTAX] floating-point constants are not permitted" },
	{ "1e5", "1:1 [D_SYNTAX] floating-point constants are not permitted" },
	{ ".5", "1:1 [D_SYNTAX] floating-point constants are not permitted" },
	{ "'a'", "'97" },
	{ "'\\n'", "'10" },
	{ "'\\''", "'39" },
	{ "'ab'", "'24930" },
	{ "'\\xff'", "'255" },
	{ "''", "1:1 [D_CHR_NULL] empty character constant" },
	{ "'123456789'", "1:1 [D_CHR_OFLOW] character constant is too long" },
	{ "'a\n'", "1:1 [D_CHR_NL] newline encountered in character constant" },
	{ "\"a\\tb\\\"\\101\\0z\"", "\"a\\011b\\\"A\\000z\"" },
	{ "\"a\" \"b\"", "\"ab\"" },
	{ "\"a\n\"", "1:1 [D_STR_NL] newline encountered in string literal" },
	{ "\"a\\\nb\"", "\"ab\"" },
	{ "\"abc", "1:1 [D_SYNTAX] end-of-file encountered before matching \"" },
	/* names of D */
	{ "self->x + this->y", "(+ self->x this->y)" },
	{ "self->a[1, \"b\"]->c.d", "(. (-> (index self->a 1 \"b\") c) d)" },
	{ "args[0]->provider", "(-> (index args 0) provider)" },
	{ "`kmem_flags", "`kmem_flags" },
	{ "genunix`x + a`b`c", "(+ genunix`x a`b`c)" },
	{ "@a[1, 2] = count()", "(= (@a 1 2) (call count))" },
	{ "@ = sum(x)", "(= @_ (call sum x))" },
	{ "@[execname] = max(arg0)", "(= (@_ execname) (call max arg0))" },
	{ "printa(\"%d\", @a, @b)", "(call printa \"%d\" @a @b)" },
	{ "return(3)", "(call return 3)" },
	{ "f(a)(b)", "1:1 [D_FUNC_IDENT] function designator is not of function type" },
	{ "`f(1)", "1:1 [D_FUNC_IDENT] function designator is not of function type" },
	/* types in expressions; a name that types/ does not know is a value */
	{ "(int)x", "(cast <int> x)" },
	{ "(unsigned long long)-1", "(cast <unsigned long long int> (- 1))" },
	{ "(foo_t)x", "(cast <foo_t> x)" },
	{ "(foo_t *)x", "(cast <foo_t *> x)" },
	{ "(nope_t *)x", "(cast <nope_t *> x)" },
	{ "(x) + 1", "(+ x 1)" },
	{ "(x)(1)", "1:2 [D_FUNC_IDENT] function designator is not of function type" },
	{ "(foo_t)", "foo_t" },
	{ "(a * b)", "(* a b)" },
	{ "(foo_t)*p", "(cast <foo_t> (* p))" },
	{ "(struct s *)p", "(cast <struct s *> p)" },
	{ "(mod`foo_t *)p", "(cast <mod`foo_t *> p)" },
	{ "(int (*)(int, char *))p", "(cast <int (func <int> <char *>) *> p)" },
	{ "(const char *)p", "(cast <const char *> p)" },
	{ "(char * const)p", "(cast <char *const > p)" },
	{ "(string)p", "(cast <string> p)" },
	{ "sizeof (int)", "(sizeof <int>)" },
	{ "sizeof (foo_t)", "(sizeof <foo_t>)" },
	{ "sizeof (x)", "(sizeof x)" },
	{ "sizeof x", "(sizeof x)" },
	{ "sizeof (x->y)", "(sizeof (-> x y))" },
	{ "sizeof (int [4])", "(sizeof <int [4]>)" },
	{ "offsetof(struct s, a.b)", "(offsetof <struct s> a.b)" },
	{ "offsetof(foo_t, string)", "(offsetof <foo_t> string)" },
	{ "stringof(x)", "(stringof x)" },
	{ "stringof x", "(stringof x)" },
	{ "xlate <foo_t *> (p)->a", "(-> (xlate <foo_t *> p) a)" },
	{ "xlate <foo_t *> (p)", "(xlate <foo_t *> p)" },
	{ "(xlate <foo_t> (p)).a", "(. (xlate <foo_t> p) a)" },
	{ "xlate <struct s> (*p)", "(xlate <struct s> (* p))" },
	/* macros */
	{ "$1 + 1", "(+ 42 1)" },
	{ "$2($$1)", "(call read \"42\")" },
	{ "$target", "99" },
	{ "$$3", "\"a b\"" },
	{ "$3", "\"a b\"" },
	{ "1 + $4", "1:5 [D_MACRO_OFLOW] macro argument $4 constant 99999999999999999999 results "
		    "in integer overflow" },
	{ "$9", "1:1 [D_MACRO_UNDEF] macro argument $9 is not defined" },
	{ "$nope", "1:1 [D_MACRO_UNDEF] macro variable $nope is not defined" },
	{ "$99999999999", "1:1 [D_MACRO_OFLOW] macro argument $99999999999 is too large" },
	/* errors */
	{ "a +", "1:4 [D_SYNTAX] syntax error near end of input" },
	{ "a b", "1:3 [D_SYNTAX] syntax error near \"b\"" },
	{ "a = 1 + b = 2", "1:11 [D_SYNTAX] syntax error near \"=\"" },
	{ "a)", "1:2 [D_SYNTAX] extra ) in input stream" },
	{ "a]", "1:2 [D_SYNTAX] extra ] in input stream" },
	{ "\\", "1:1 [D_SYNTAX] syntax error near \"\\\"" },
	{ "\1", "1:1 [D_SYNTAX] syntax error near \"\\001\"" },
	{ "while", "1:1 [D_SYNTAX] syntax error near \"while\"" },
	{ "a[]", "1:3 [D_SYNTAX] syntax error near \"]\"" },
	{ "/* x", "1:1 [D_SYNTAX] end-of-file encountered before matching */" },
	{ "1 /* a /* b */", "1:8 [D_SYNTAX] /* encountered inside a comment" },
	{ "1 // one\n + /* two */ 2", "(+ 1 2)" },
	{ "x`", "1:1 [D_SYNTAX] syntax error near \"x`\"" },
};

static const struct row types[] = {
	{ "int", "<int>" },
	{ "unsigned", "<unsigned int>" },
	{ "struct task_struct *", "<struct task_struct *>" },
	{ "vmlinux`foo_t", "<vmlinux`foo_t>" },
	{ "char *[3][4]", "<char * [4] [3]>" },
	{ "int (*)[3]", "<int [3] *>" },
	{ "void (*)(void)", "<void (func <void>) *>" },
	{ "struct { int a : 3; char b[4], *c; }", "<struct  {(a int :3) (b char [4], c same *)}>" },
	{ "enum e { A, B = 3, }", "<enum e {A B=3}>" },
	{ "int x", "1:5 [D_SYNTAX] syntax error near \"x\"" },
	{ "", "1:1 [D_SYNTAX] syntax error near end of input" },
	{ "int char", "1:5 [D_DECL_COMBO] invalid type combination" },
};

static const struct row programs[] = {
	{ "BEGIN", "(clause :::BEGIN)" },
	{ "BEGIN;END", "(clause :::BEGIN)\n(clause :::END)" },
	{ "BEGIN{}", "(clause :::BEGIN { })" },
	{ "syscall::read:entry,syscall::write:entry { }",
	  "(clause syscall::read:entry syscall::write:entry { })" },
	{ "syscall:::", "(clause syscall:::)" },
	{ ":::", "(clause :::)" },
	{ "a:b:c:d:e", "1:1 [D_PDESC_INVAL] invalid probe description \"a:b:c:d:e\": Overspecified "
		       "probe description" },
	{ "pid$target:libc*:[a-z]?ad\\*:*", "(clause pid99:libc*:[a-z]?ad\\*:*)" },
	{ "tick-1s, profile-$1 { }", "(clause :::tick-1s :::profile-42 { })" },
	{ "syscall::$2:entry", "(clause syscall::read:entry)" },
	{ "syscall::$$2:entry", "(clause syscall::read:entry)" },
	{ "pid$nope:::", "1:1 [D_PDESC_INVAL] invalid probe description \"pid$nope:::\": Undefined "
			 "macro variable in probe description" },
	{ "pid1:a.out:operator+:entry", "(clause pid1:a.out:operator+:entry)" },
	{ "17 { }", "(clause 17 { })" },
	{ "3-5", "(clause 3 4 5)" },
	{ "5-3", "1:1 [D_PDESC_INVAL] invalid range of probe identifiers 5-3" },
	/* predicates */
	{ "BEGIN/x/{}", "(clause :::BEGIN /x/ { })" },
	{ "BEGIN /a / b/ {}", "(clause :::BEGIN /(/ a b)/ { })" },
	{ "BEGIN /x/", "(clause :::BEGIN /x/)" },
	{ "BEGIN /x/;END", "(clause :::BEGIN /x/)\n(clause :::END)" },
	{ "BEGIN /a/b == 2 && (c / d)/\n/* why */ // that\n{}",
	  "(clause :::BEGIN /(&& (== (/ a b) 2) (/ c d))/ { })" },
	{ "BEGIN /(x/ {}", "1:10 [D_SYNTAX] closing ) expected in predicate before /" },
	{ "BEGIN /x {}", "1:10 [D_SYNTAX] syntax error near \"{\"" },
	{ "BEGIN / / {}", "1:9 [D_SYNTAX] syntax error near \"/\"" },
	/* statements */
	{ "BEGIN { a; ; b }", "(clause :::BEGIN { a b })" },
	{ "BEGIN { if (a) b; else if (c) { d; e } else f; g }",
	  "(clause :::BEGIN { (if a (then b) (else (if c (then d e) (else f)))) g })" },
	{ "BEGIN { if (a) { } }", "(clause :::BEGIN { (if a (then)) })" },
	{ "BEGIN { trace(1) trace(2) }", "1:18 [D_SYNTAX] syntax error near \"trace\"" },
	{ "BEGIN {", "1:8 [D_SYNTAX] syntax error near end of input" },
	{ "BEGIN }", "1:7 [D_SYNTAX] extra } in input stream" },
	{ "BEGIN {\n  while (1) x; }", "2:3 [D_SYNTAX] syntax error near \"while\"" },
	{ "BEGIN { x = 10/2/1; }", "(clause :::BEGIN { (= x (/ (/ 10 2) 1)) })" },
	/* an assigned name is not a type */
	{ "BEGIN { foo_t = 1; y = (foo_t) * 2; }",
	  "(clause :::BEGIN { (= foo_t 1) (= y (* foo_t 2)) })" },
	{ "BEGIN { y = (foo_t) - 2; }", "(clause :::BEGIN { (= y (cast <foo_t> (- 2))) })" },
	/* declarations */
	{ "int a, *b[3];", "(a int, b same * [3])" },
	{ "self int x; this string y;", "(self x int)\n(this y string)" },
	{ "int a[string, foo_t];", "(a int [assoc <string> <foo_t>])" },
	{ "int a[N];", "(a int [N])" },
	{ "foo_t x;", "(x foo_t)" },
	{ "foo_t *x;", "(x foo_t *)" },
	{ "foo_t*{}", "(clause :::foo_t* { })" },
	{ "foo_t* ,b {}", "(clause :::foo_t* :::b { })" },
	{ "foo_t:::{}", "(clause foo_t::: { })" },
	{ "string:::", "(clause string:::)" },
	{ "mod`foo_t x;", "(x mod`foo_t)" },
	{ "foo_t*x:::", "(clause foo_t*x:::)" },
	{ "typedef unsigned int u; u x; BEGIN { (u)1; }",
	  "(typedef u unsigned int)\n(x u)\n(clause :::BEGIN { (cast <u> 1) })" },
	{ "struct s { int a; struct { int b; }; unsigned c : 3, : 2; };",
	  "(struct s {(a int) (struct  {(b int)}) (c unsigned int :3, _ same :2)})" },
	{ "typedef int (*fn)(const char *, ...);", "(typedef fn int (func <const char *> ...) *)" },
	{ "extern int f(void);", "(extern f int (func <void>))" },
	{ "enum { A = 1, B };", "(enum  {A=1 B})" },
	{ "static self int x;",
	  "1:8 [D_DECL_CLASS] only one storage class allowed in a declaration" },
	{ "struct s { self int x; };",
	  "1:12 [D_DECL_BADCLASS] storage class \"self\" not allowed here" },
	{ "int;", "(int)" },
	{ "int x", "1:6 [D_SYNTAX] syntax error near end of input" },
	{ "int while;", "1:5 [D_SYNTAX] syntax error near \"while\"" },
	{ "inline int x = 1 + 2;", "(inline x <int> (+ 1 2))" },
	{ "inline foo_t *a[int i, string s] = p;",
	  "(inline a <foo_t *> [ (i <int>) (s <string>) ] p)" },
	{ "translator foo_t < struct s *p > { a = p->x; string = 1; };",
	  "(translator <foo_t> (p <struct s *>) (a (-> p x)) (string 1))" },
	{ "provider p { probe a(); probe b__c(int x, char *) : (foo_t *f); probe d; };",
	  "(provider p (probe a ()) (probe b__c ( (x <int>) <char *>) : ( (f <foo_t *>))) (probe d "
	  "()))" },
	{ "provider:::", "(clause provider:::)" },
	/* control lines */
	{ "#!/usr/sbin/dtrace -s\nBEGIN", "(clause :::BEGIN)" },
	{ "#pragma D depends_on library procfs.d\n#pragma D attributes Stable/Stable/Common "
	  "provider io name\n#pragma D binding \"1.0\" x\nint x;",
	  "(pragma depends_on library procfs.d)\n(pragma attributes Stable/Stable/Common io "
	  "name)\n(pragma binding 1.0 x)\n(x int)" },
	{ "#pragma D error no good", "1:1 [D_PRAGERR] #error: no good" },
	{ "#error x", "1:1 [D_PRAGERR] #error: x" },
	{ "#foo", "1:1 [D_PRAGCTL_INVAL] invalid control directive: #foo" },
	{ "#pragma once\n#ident \"x\"\nBEGIN", "(clause :::BEGIN)" },
	{ "#pragma D foo", "1:1 [D_PRAGMA_INVAL] invalid #pragma: foo" },
	{ "#pragma D attributes Stable/Stable/Common",
	  "1:1 [D_PRAGMA_MALFORM] malformed #pragma attributes <attributes> <ident>" },
	{ "#pragma D attributes Stable/Nice/Common x",
	  "1:1 [D_PRAGMA_INVAL] invalid attributes specified by #pragma attributes" },
	{ "#pragma D option", "1:1 [D_PRAGMA_MALFORM] malformed #pragma option <option>=<val>" },
	{ "#pragma D option a b",
	  "1:1 [D_PRAGMA_MALFORM] superfluous arguments specified for #pragma option" },
	{ "#pragma D option nosuch",
	  "1:1 [D_PRAGMA_OPTSET] failed to set option 'nosuch': Invalid option name" },
	{ "#pragma D option nosuch=1",
	  "1:1 [D_PRAGMA_OPTSET] failed to set option 'nosuch' to '1': Invalid option name" },
	{ "# 10 \"x.h\" 1\nBEGIN {\n)", "11:1 [D_SYNTAX] extra ) in input stream in x.h" },
	{ "#line 10\nBEGIN {\n)", "11:1 [D_SYNTAX] extra ) in input stream" },
	{ "BEGIN {\n#pragma D binding \"1.0\" x\n}",
	  "2:1 [D_PRAGMA_SCOPE] #pragma binding may only be used outside of { }" },
	{ "#pragma D option defaultargs\nBEGIN { $7 }", "(clause :::BEGIN { 0 })" },
	{ "#pragma D option empty\n", "" },
	{ "", "1:1 [D_EMPTY] empty D program translation unit" },
	{ " /* x */ \n", "2:1 [D_EMPTY] empty D program translation unit" },
	{ ")", "1:1 [D_SYNTAX] extra ) in input stream" },
	{ "&x", "1:1 [D_SYNTAX] syntax error near \"&\"" },
	{ "BEGIN { x } }", "1:13 [D_SYNTAX] extra } in input stream" },
};

static void check_options(void)
{
	static const char text[] =
		"#pragma D option quiet\n #pragma D option bufsize=4m /* big */\nBEGIN {\n"
		"# pragma D option zdefs // why\n}";
	struct dt_strbuf got = run(PROGRAM, text, sizeof(text) - 1, plain);

	CHECK_STR(dt_strbuf_str(&got), "(clause :::BEGIN { })");
	CHECK_STR(options, "quiet=-@1;bufsize=4m@2;zdefs=-@4;");
	dt_strbuf_free(&got);
}

static void check_flags(void)
{
	static const struct row unused[] = {
		{ "BEGIN { $1 }", "1:13 [D_MACRO_UNUSED] extraneous argument "
				  "'99999999999999999999' ($4 is not referenced)" },
		{ "BEGIN { $$4 }", "(clause :::BEGIN { \"99999999999999999999\" })" },
		{ "x$4:::", "(clause x99999999999999999999:::)" },
	};
	static const struct row defaults[] = {
		{ "BEGIN { $7 + $$8 }", "(clause :::BEGIN { (+ 0 \"\") })" },
	};
	static const struct row provs[] = {
		{ "syscall", "(clause syscall:::)" },
		{ "a:b", "1:1 [D_PDESC_INVAL] invalid probe description \"a:b\": Overspecified "
			 "probe description" },
		{ "12", "1:1 [D_PDESC_INVAL] probe identifier 12 not permitted when specifying "
			"providers" },
	};
	static const struct row funcs[] = { { "libc:read", "(clause :libc:read:)" },
					    { "read/1/{}", "(clause ::read: /1/ { })" } };
	static const struct row empty[] = { { "", "" } };
	static const struct row pspec[] = { { "foo_t x",
					      "1:7 [D_SYNTAX] syntax error near \"x\"" } };
	struct dt_parse_opts opts = plain;

	opts.argref = false;
	check(PROGRAM, unused, ARRAY_SIZE(unused), opts);
	opts = plain;
	opts.macros.defaultargs = true;
	check(PROGRAM, defaults, ARRAY_SIZE(defaults), opts);
	opts = plain;
	opts.probespec = DT_PSPEC_PROVIDER;
	check(PROGRAM, provs, ARRAY_SIZE(provs), opts);
	opts.probespec = DT_PSPEC_FUNC;
	check(PROGRAM, funcs, ARRAY_SIZE(funcs), opts);
	opts = plain;
	opts.empty = true;
	check(PROGRAM, empty, ARRAY_SIZE(empty), opts);
	opts = plain;
	opts.pspec = true;
	check(PROGRAM, pspec, ARRAY_SIZE(pspec), opts);
}

/* Unbounded nesting ends with an error, and so does a chain of operators. */
static void check_nesting(void)
{
	static const char *const units[] = { "(",      "-",        "x[",
					     "f(",     "x ? x : ", "x = ",
					     "(int)",  "sizeof ",  "1 + ",
					     "!x || ", "*",        "a . b, ",
					     "{",      "if (x) ",  "if (x) y; else ",
					     "@a[" };
	struct dt_parse_opts opts = plain;

	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		struct dt_strbuf text = { 0 }, got;

		dt_strbuf_puts(&text, "BEGIN { ");
		for (int n = 0; n < 100000; n++)
			dt_strbuf_puts(&text, units[i]);
		got = run(PROGRAM, text.s, text.len, opts);
		CHECK(strstr(dt_strbuf_str(&got), "[D_SYNTAX]"));
		dt_strbuf_free(&got);
		dt_strbuf_free(&text);
	}
}

static void check_bytes(void)
{
	struct dt_strbuf got = run(PROGRAM, "BEGIN\0{}", 8, plain);

	CHECK_STR(dt_strbuf_str(&got), "1:6 [D_SYNTAX] syntax error near \"\\000\"");
	dt_strbuf_free(&got);
	got = run(EXPR, "\"a\0b\"", 5, plain);
	CHECK_STR(dt_strbuf_str(&got), "\"a\\000b\"");
	dt_strbuf_free(&got);
	for (int c = 0; c < 256; c++) {
		char text[] = { 'B', 'E', 'G', 'I', 'N', ' ', '{', ' ', (char)c, ' ', (char)c };

		got = run(PROGRAM, text, sizeof(text), plain);
		CHECK(got.len > 0);
		dt_strbuf_free(&got);
	}
}

static void check_lines(void)
{
	size_t len = 0;

	CHECK(!strncmp(dt_lang_line("a\nbcd\n", 6, 2, &len), "bcd", 3));
	CHECK_INT(len, 3);
	CHECK(dt_lang_line("a\nbcd\n", 6, 3, &len) && len == 0);
	CHECK(!dt_lang_line("a\nbcd\n", 6, 4, &len));
	CHECK(!dt_lang_line("a", 1, 0, &len));
}

static void regions(struct dt_compile *compile, void *arg)
{
	const struct dt_ast_program *prog = dt_parse(compile, arg);

	CHECK_INT(dt_ast_region(prog, &(struct dt_loc){ .line = 1, .col = 1 }), DT_REGION_NONE);
	CHECK_INT(dt_ast_region(prog, &(struct dt_loc){ .line = 2, .col = 2 }),
		  DT_REGION_PREDICATE);
	CHECK_INT(dt_ast_region(prog, &(struct dt_loc){ .line = 3, .col = 3 }), DT_REGION_ACTIONS);
	CHECK_INT(dt_ast_region(prog, &(struct dt_loc){ .line = 4, .col = 3 }), DT_REGION_NONE);
}

static void check_region(void)
{
	static const char text[] = "BEGIN\n/x/\n{ y }";
	struct dt_compile compile = { .arena = dt_arena_new() };
	struct dt_parse_opts opts = plain;

	opts.text = text;
	opts.len = sizeof(text) - 1;
	CHECK(dt_compile_run(&compile, regions, &opts));
	dt_arena_free(compile.arena);
}

static void check_pdesc(void)
{
	struct dt_arena *arena = dt_arena_new();
	struct dt_pdesc desc;

	CHECK_INT(dt_pdesc_parse(arena, "a:b:c:d", 7, DT_PSPEC_NAME, NULL, &desc, NULL), 0);
	CHECK_STR(desc.provider, "a");
	CHECK_STR(desc.name, "d");
	CHECK_INT(dt_pdesc_parse(arena, "m:f", 3, DT_PSPEC_FUNC, NULL, &desc, NULL), 0);
	CHECK_STR(desc.mod, "m");
	CHECK_STR(desc.func, "f");
	CHECK_STR(desc.name, "");
	CHECK_INT(dt_pdesc_parse(arena, "a:b:c:d:e", 9, DT_PSPEC_NAME, NULL, &desc, NULL),
		  -EDT_BADSPEC);
	CHECK_INT(dt_pdesc_parse(arena, "a", 1, DT_PSPEC_NONE, NULL, &desc, NULL), -EDT_BADSPEC);
	CHECK_INT(dt_pdesc_parse(arena, "$x", 2, DT_PSPEC_NAME, NULL, &desc, NULL), -EDT_BADSPCV);
	CHECK(dt_pdesc_parse(arena, "a", 1, (enum dt_pspec)7, NULL, &desc, NULL) < 0);
	dt_arena_free(arena);
}

int main(void)
{
	check(EXPR, exprs, ARRAY_SIZE(exprs), plain);
	check(TYPE, types, ARRAY_SIZE(types), plain);
	check(PROGRAM, programs, ARRAY_SIZE(programs), plain);
	check_options();
	check_flags();
	check_nesting();
	check_bytes();
	check_lines();
	check_region();
	check_pdesc();
	return test_end();
}
