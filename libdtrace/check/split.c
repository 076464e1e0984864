/* SPDX-License-Identifier: MIT */
/*
 * if and else around actions that record.  A record's layout belongs to a clause, so such a
 * clause becomes several, as D's sugar has it: each stretch of statements a clause of its own
 * with the same probes, guarded by what the conditions before it have found.
 *
 *	{ A; if (x) { B } else { C } D }
 * is
 *	{ A; this->c = x ? 1 : 2 } /this->c == 1/ { B } /this->c == 2/ { C } { D }
 *
 * The variable has no name and is zero until it is assigned: when a fault ends the first clause,
 * neither branch runs.
 */
#include "check/context.h"
#include "check/stmt.h"

enum { NOT_RUN, TAKEN, REFUSED };

struct split {
	struct dt_check *c;
	struct dt_tprog *prog;
	const struct dt_tclause *whole;
	DT_VEC(struct dt_stmt *) open; /* of the clause that is being gathered */
	struct dt_expr *guard;         /* its predicate; NULL: none */
	bool first;
};

static bool any_action(const struct dt_stmt *s, bool (*is)(const struct dt_builtin *row))
{
	if (s->kind == DT_S_ACTION)
		return is(s->row);
	for (uint32_t i = 0; i < s->nthen; i++)
		if (any_action(s->then_body[i], is))
			return true;
	for (uint32_t i = 0; i < s->nelse; i++)
		if (any_action(s->else_body[i], is))
			return true;
	return false;
}

static bool is_recording(const struct dt_builtin *row)
{
	return !(row->flags & DT_BF_NORECORD) || row->flags & DT_BF_SPECULATE;
}

/* commit() and discard() do not record, but apply to a whole clause as well. */
static bool is_of_clause(const struct dt_builtin *row)
{
	return is_recording(row) || row->flags & (DT_BF_COMMIT | DT_BF_DISCARD);
}

static bool records(const struct dt_stmt *s)
{
	return any_action(s, is_recording);
}

static bool splits(const struct dt_stmt *s)
{
	return s->kind == DT_S_IF && any_action(s, is_of_clause);
}

static struct dt_expr *node(struct dt_check *c, enum dt_eop op, struct dt_expr *a,
			    struct dt_expr *b, struct dt_expr *third)
{
	struct dt_expr *e = dt_arena_new_obj(c->arena, struct dt_expr);

	e->op = op;
	e->type = e->optype = dt_type_base(c->types, DT_B_INT);
	e->kids = dt_arena_new_array(c->arena, struct dt_expr *, 3);
	for (struct dt_expr **k = (struct dt_expr *[]){ a, b, third }; e->nkids < 3 && k[e->nkids];
	     e->nkids++)
		e->kids[e->nkids] = k[e->nkids];
	return e;
}

static struct dt_expr *number(struct dt_check *c, int64_t value)
{
	struct dt_expr *e = node(c, DT_E_INT, NULL, NULL, NULL);

	e->ival = value;
	return e;
}

static struct dt_expr *variable(struct dt_check *c, struct dt_var *var)
{
	struct dt_expr *e = node(c, DT_E_VAR, NULL, NULL, NULL);

	e->var = var;
	return e;
}

static struct dt_var *new_condition(struct dt_check *c)
{
	struct dt_var *v = dt_arena_new_obj(c->arena, struct dt_var);

	v->name = "";
	v->scope = DT_SCOPE_CLAUSE;
	v->type = dt_type_base(c->types, DT_B_INT);
	return v;
}

/* Makes a clause of the statements gathered so far, if there are any. */
static void close_clause(struct split *s)
{
	struct dt_tclause *t;

	if (!s->open.n)
		return;
	t = dt_arena_memdup(s->c->arena, s->whole, sizeof(*s->whole));
	t->index = s->first ? s->whole->index : s->prog->nclauses++;
	s->first = false;
	t->pred = s->guard;
	t->stmts = dt_arena_memdup(s->c->arena, s->open.data, s->open.n * sizeof(*s->open.data));
	t->nstmts = (uint32_t)s->open.n;
	t->records = t->has_exit = false;
	for (uint32_t i = 0; i < t->nstmts; i++) {
		t->records |= records(t->stmts[i]);
		t->has_exit |= t->stmts[i]->kind == DT_S_ACTION &&
			       (t->stmts[i]->row->flags & DT_BF_EXIT);
	}
	dt_vec_push_arena(s->c->arena, &s->prog->clauses, t);
	s->open.n = 0;
}

static void append(struct split *s, struct dt_stmt *stmt)
{
	dt_vec_push_arena(s->c->arena, &s->open, stmt);
}

static void gather(struct split *s, struct dt_stmt **stmts, uint32_t n);

static void branch(struct split *s, struct dt_var *cond, int64_t value, struct dt_stmt **stmts,
		   uint32_t n)
{
	s->guard = node(s->c, DT_E_EQ, variable(s->c, cond), number(s->c, value), NULL);
	gather(s, stmts, n);
	close_clause(s);
}

static void split_if(struct split *s, struct dt_stmt *stmt)
{
	struct dt_check *c = s->c;
	struct dt_var *cond = new_condition(c);
	struct dt_expr *choice;
	struct dt_stmt *set = dt_arena_new_obj(c->arena, struct dt_stmt);

	choice = node(c, DT_E_COND, stmt->expr, number(c, TAKEN), number(c, REFUSED));
	set->kind = DT_S_EXPR;
	set->loc = stmt->loc;
	set->ordinal = stmt->ordinal;
	set->expr = node(c, DT_E_ASSIGN, variable(c, cond), choice, NULL);
	append(s, set);
	close_clause(s);
	/* The predicate is not repeated after the first clause: its value may have changed. */
	branch(s, cond, TAKEN, stmt->then_body, stmt->nthen);
	branch(s, cond, REFUSED, stmt->else_body, stmt->nelse);
	s->guard = node(c, DT_E_NE, variable(c, cond), number(c, NOT_RUN), NULL);
}

static void gather(struct split *s, struct dt_stmt **stmts, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (splits(stmts[i]))
			split_if(s, stmts[i]);
		else
			append(s, stmts[i]);
	}
}

void dt_check_split(struct dt_check *c, struct dt_tprog *prog, struct dt_tclause *t)
{
	struct split s = { .c = c, .prog = prog, .whole = t, .guard = t->pred, .first = true };
	bool needed = false;

	for (uint32_t i = 0; i < t->nstmts; i++)
		needed |= splits(t->stmts[i]);
	if (!needed) {
		dt_vec_push_arena(c->arena, &prog->clauses, t);
		return;
	}
	gather(&s, t->stmts, t->nstmts);
	close_clause(&s);
}
