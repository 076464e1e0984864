/* SPDX-License-Identifier: MIT */
/*
 * Translators and provider declarations: definitions that C does not have. program.c calls them for
 * the items that begin with these words.
 */
#include "base/arena.h"
#include "lang/decl.h"

typedef DT_VEC(struct dt_ast_xmember) xmember_vec;
typedef DT_VEC(struct dt_ast_probe) probe_vec;

/* translator OUT < IN name > { member = expr; ... }; */
struct dt_ast_xlator *dt_decl_xlator(struct dt_parser *ps)
{
	struct dt_ast_xlator *x = dt_arena_new_obj(ps->arena, struct dt_ast_xlator);
	xmember_vec members = { 0 };

	x->loc = dt_parse_next(ps).loc;
	x->out = *dt_decl_type_name(ps);
	dt_parse_expect(ps, DT_TOK_LT);
	x->in.loc = dt_parse_peek(ps, 0)->loc;
	x->in.spec = dt_decl_spec(ps, NULL);
	x->in.derivs = dt_decl_declarator(ps, DT_DECLARATOR_NAMED, &x->name, NULL);
	dt_parse_expect(ps, DT_TOK_GT);
	dt_parse_expect(ps, DT_TOK_LBRACE);
	while (!dt_parse_accept(ps, DT_TOK_RBRACE)) {
		struct dt_ast_xmember member = { 0 };
		struct dt_token name;

		/* reserved words may be names of members, as after -> */
		if (dt_parse_kind(ps) <= DT_TOK_BEFORE_KEYWORDS &&
		    dt_parse_kind(ps) != DT_TOK_IDENT)
			dt_parse_unexpected(ps, NULL);
		name = dt_parse_next(ps);
		member.loc = name.loc;
		member.name = name.str;
		dt_parse_expect(ps, DT_TOK_ASSIGN);
		member.value = dt_expr_assign(ps);
		dt_parse_expect(ps, DT_TOK_SEMI);
		dt_vec_push_arena(ps->arena, &members, member);
	}
	dt_parse_expect(ps, DT_TOK_SEMI);
	x->members = members.data;
	x->nmembers = members.n;
	return x;
}

/* probe NAME(ARGS) [: (XARGS)]; */
static struct dt_ast_probe probe(struct dt_parser *ps)
{
	struct dt_ast_probe p = { 0 };
	struct dt_token name;

	dt_parse_expect(ps, DT_KW_PROBE);
	name = dt_parse_expect(ps, DT_TOK_IDENT);
	p.loc = name.loc;
	p.name = name.str;
	if (dt_parse_kind(ps) == DT_TOK_LPAREN)
		p.args = dt_decl_params(ps, &p.nargs);
	if (dt_parse_accept(ps, DT_TOK_COLON)) {
		p.has_xargs = true;
		p.xargs = dt_decl_params(ps, &p.nxargs);
	}
	dt_parse_expect(ps, DT_TOK_SEMI);
	return p;
}

/* provider NAME { probe ...; }; */
struct dt_ast_provider *dt_decl_provider(struct dt_parser *ps)
{
	struct dt_ast_provider *prov = dt_arena_new_obj(ps->arena, struct dt_ast_provider);
	probe_vec probes = { 0 };
	struct dt_token name;

	dt_parse_next(ps);
	name = dt_parse_expect(ps, DT_TOK_IDENT);
	prov->loc = name.loc;
	prov->name = name.str;
	dt_parse_expect(ps, DT_TOK_LBRACE);
	while (!dt_parse_accept(ps, DT_TOK_RBRACE))
		dt_vec_push_arena(ps->arena, &probes, probe(ps));
	dt_parse_expect(ps, DT_TOK_SEMI);
	prov->probes = probes.data;
	prov->nprobes = probes.n;
	return prov;
}
