/* SPDX-License-Identifier: MIT */
/*
 * The lexer.  The parser drives it: tokens are made when asked for, since the meaning of D's text
 * depends on the place (a probe description, the slash of a predicate).  Lines that begin with #
 * are handled on the way (pragma.c).  A macro argument is a second text that is lexed in place of
 * `$1`.
 */
#ifndef DT_LANG_LEX_H
#define DT_LANG_LEX_H

#include "base/fail.h"
#include "lang/lang.h"

/* Punctuation: X(name, spelling, binary operator or NOPS); longer spellings first. */
/* clang-format off */
#define DT_PUNCTS(X) \
	X(LSH_ASSIGN, "<<=", DT_OP_LSH_ASSIGN) X(RSH_ASSIGN, ">>=", DT_OP_RSH_ASSIGN) \
	X(ELLIPSIS, "...", DT_NOPS) X(ARROW, "->", DT_NOPS) X(INC, "++", DT_NOPS) \
	X(DEC, "--", DT_NOPS) X(LSH, "<<", DT_OP_LSH) X(RSH, ">>", DT_OP_RSH) \
	X(LE, "<=", DT_OP_LE) X(GE, ">=", DT_OP_GE) X(EQ, "==", DT_OP_EQ) X(NE, "!=", DT_OP_NE) \
	X(LAND, "&&", DT_OP_LAND) X(LOR, "||", DT_OP_LOR) X(LXOR, "^^", DT_OP_LXOR) \
	X(ADD_ASSIGN, "+=", DT_OP_ADD_ASSIGN) X(SUB_ASSIGN, "-=", DT_OP_SUB_ASSIGN) \
	X(MUL_ASSIGN, "*=", DT_OP_MUL_ASSIGN) X(DIV_ASSIGN, "/=", DT_OP_DIV_ASSIGN) \
	X(MOD_ASSIGN, "%=", DT_OP_MOD_ASSIGN) X(AND_ASSIGN, "&=", DT_OP_AND_ASSIGN) \
	X(XOR_ASSIGN, "^=", DT_OP_XOR_ASSIGN) X(OR_ASSIGN, "|=", DT_OP_OR_ASSIGN) \
	X(LPAREN, "(", DT_NOPS) X(RPAREN, ")", DT_NOPS) X(LBRACKET, "[", DT_NOPS) \
	X(RBRACKET, "]", DT_NOPS) X(LBRACE, "{", DT_NOPS) X(RBRACE, "}", DT_NOPS) \
	X(COMMA, ",", DT_OP_COMMA) X(SEMI, ";", DT_NOPS) X(COLON, ":", DT_NOPS) \
	X(QUESTION, "?", DT_NOPS) X(DOT, ".", DT_NOPS) X(ASSIGN, "=", DT_OP_ASSIGN) \
	X(LT, "<", DT_OP_LT) X(GT, ">", DT_OP_GT) X(ADD, "+", DT_OP_ADD) X(SUB, "-", DT_OP_SUB) \
	X(MUL, "*", DT_OP_MUL) X(DIV, "/", DT_OP_DIV) X(MOD, "%", DT_OP_MOD) \
	X(AND, "&", DT_OP_AND) \
	X(XOR, "^", DT_OP_XOR) X(OR, "|", DT_OP_OR) X(NOT, "!", DT_NOPS) X(COMPL, "~", DT_NOPS)
/* clang-format on */

/* D's reserved words: X(name, spelling, what it can begin). */
/* clang-format off */
#define DT_KEYWORDS(X) \
	X(AUTO, "auto", CLASS) X(BREAK, "break", RESERVED) X(CASE, "case", RESERVED) \
	X(CHAR, "char", TYPE) X(CONST, "const", TYPE) X(CONTINUE, "continue", RESERVED) \
	X(COUNTER, "counter", RESERVED) X(DEFAULT, "default", RESERVED) \
	X(DO, "do", RESERVED) X(DOUBLE, "double", TYPE) X(ELSE, "else", OTHER) \
	X(ENUM, "enum", TYPE) X(EXTERN, "extern", CLASS) X(FLOAT, "float", TYPE) \
	X(FOR, "for", RESERVED) X(GOTO, "goto", RESERVED) X(IF, "if", OTHER) \
	X(IMPORT, "import", RESERVED) X(INLINE, "inline", CLASS) X(INT, "int", TYPE) \
	X(LONG, "long", TYPE) X(OFFSETOF, "offsetof", OTHER) X(PROBE, "probe", OTHER) \
	X(PROVIDER, "provider", CLASS) X(REGISTER, "register", CLASS) \
	X(RESTRICT, "restrict", TYPE) X(RETURN, "return", OTHER) X(SELF, "self", CLASS) \
	X(SHORT, "short", TYPE) X(SIGNED, "signed", TYPE) X(SIZEOF, "sizeof", OTHER) \
	X(STATIC, "static", CLASS) X(STRING, "string", TYPE) X(STRINGOF, "stringof", OTHER) \
	X(STRUCT, "struct", TYPE) X(SWITCH, "switch", RESERVED) X(THIS, "this", CLASS) \
	X(TRANSLATOR, "translator", CLASS) X(TYPEDEF, "typedef", CLASS) \
	X(UNION, "union", TYPE) X(UNSIGNED, "unsigned", TYPE) X(USERLAND, "userland", TYPE) \
	X(VOID, "void", TYPE) X(VOLATILE, "volatile", TYPE) X(WHILE, "while", RESERVED) \
	X(XLATE, "xlate", OTHER)
/* clang-format on */

enum dt_keyword_kind {
	DT_KWK_OTHER,
	DT_KWK_TYPE,     /* begins a type name, and a declaration */
	DT_KWK_CLASS,    /* begins a declaration only */
	DT_KWK_RESERVED, /* a word of C without a meaning in D */
};

enum dt_tok_kind {
	DT_TOK_EOF,
	DT_TOK_INT,
	DT_TOK_STRING,
	DT_TOK_IDENT,
	DT_TOK_SYM, /* has a backtick in it */
	DT_TOK_AGG,
	DT_TOK_EPRED, /* the slash that closes a predicate */
#define X(name, spelling, op) DT_TOK_##name,
	DT_PUNCTS(X)
#undef X
		DT_TOK_FIRST_KEYWORD,
	DT_TOK_BEFORE_KEYWORDS = DT_TOK_FIRST_KEYWORD - 1,
#define X(name, spelling, kind) DT_KW_##name,
	DT_KEYWORDS(X)
#undef X
		DT_NTOKS
};

struct dt_token {
	enum dt_tok_kind kind;
	struct dt_loc loc;
	const char *text; /* the source text, for names and messages; not terminated */
	size_t len;
	/* STRING: escapes resolved; IDENT, SYM, AGG, keywords: the name; in the arena */
	const char *str;
	size_t str_len;
	uint64_t value;
	uint8_t base, nlong;
	bool is_unsigned, is_char;
};

struct dt_lex {
	struct dt_compile *compile;
	struct dt_parse_opts *opts; /* a copy: pragmas may turn on its flags */
	const char *p, *end;
	const char *line_start;
	const char *file;
	uint32_t line;
	bool in_system;  /* in a C header of the system's: cpp's line marker has flag 3 */
	bool line_empty; /* only blanks on this line so far: # begins a control line */
	/* While the text of a macro is read: where to continue after it. */
	const char *outer_p, *outer_end;
	struct dt_loc macro_loc;
	const char *macro_name; /* "$1", not terminated */
	size_t macro_name_len;
	/* Open brackets; is a predicate being read? */
	unsigned int nparens, nbrackets, nbraces;
	bool in_predicate;
	uint64_t used; /* bit n: $n was used; bit 63: any from there */
	/* Receives the pragmas for check/. */
	void (*pragma)(void *arg, const struct dt_ast_pragma *pragma);
	void *pragma_arg;
};

extern const enum dt_op dt_tok_binary_op[DT_NTOKS]; /* DT_NOPS: not a binary operator */

void dt_lex_init(struct dt_lex *lx, struct dt_compile *compile, const struct dt_parse_opts *opts);
void dt_lex_token(struct dt_lex *lx, struct dt_token *tok);
/* Skips blanks, comments and control lines. Afterwards p is at the next character, or p == end. */
void dt_lex_skip(struct dt_lex *lx);
struct dt_loc dt_lex_loc(const struct dt_lex *lx, const char *at);
enum dt_keyword_kind dt_keyword_kind(enum dt_tok_kind kind);
/* The keyword with this spelling, or DT_TOK_IDENT. */
enum dt_tok_kind dt_keyword(const char *s, size_t len);
static inline bool dt_lex_is_word_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
static inline bool dt_lex_is_word(char c)
{
	return dt_lex_is_word_start(c) || (c >= '0' && c <= '9');
}
/* Fail with `syntax error near "..."`, at a token or at a place. */
_Noreturn void dt_lex_fail_token(struct dt_lex *lx, const struct dt_token *tok, const char *hint);
_Noreturn void dt_lex_fail_at(struct dt_lex *lx, const char *at);

/* literal.c: p is at the first character; fills the token and moves p behind it. */
void dt_lex_number(struct dt_lex *lx, struct dt_token *tok);
void dt_lex_string(struct dt_lex *lx, struct dt_token *tok);
void dt_lex_char(struct dt_lex *lx, struct dt_token *tok);

/* pragma.c: p is at the #; moves it to the newline. */
void dt_lex_control(struct dt_lex *lx);

/* pdesc.c: can C be part of a probe description? */
bool dt_pdesc_is_char(char c);

/* pdesc.c: the value of the macro at *P, which is at the $ and is moved behind the macro, as
 * text. */
enum dt_macro_kind {
	DT_MACRO_NONE, /* a $ without a name */
	DT_MACRO_OFLOW,
	DT_MACRO_UNDEF_ARG,
	DT_MACRO_UNDEF_VAR,
	DT_MACRO_TEXT,   /* $1, $target */
	DT_MACRO_STRING, /* $$1, or $1 of a word that is no token */
};
struct dt_macro_value {
	const char *text; /* in the arena, or of argv; NULL: out of memory */
	const char *name; /* without $, not terminated */
	size_t name_len;
};
enum dt_macro_kind dt_macro_expand(struct dt_arena *arena, const struct dt_macros *macros,
				   const char **p, const char *end, struct dt_macro_value *value,
				   uint64_t *used);

#endif
