/* SPDX-License-Identifier: MIT */
/*
 * Long clauses.  The verifier gives up where too many branches of one function wait to be followed
 * (8192), and its time grows with the square of a function's length.  So the statements of a long
 * clause go into pieces: global functions, which are verified by themselves, called by the clause's
 * own function one after the other.
 *
 * A global function gets numbers only.  A piece is told the number of the scratch slot and looks it
 * up.  What pieces share lies in the slot: the record, clause-local variables, clocks, the
 * probe's arguments, and what a fault leaves.  Statements that need the program's context (a stack)
 * stay in the clause's function.  A piece returns
 *
 *	0	the clause goes on
 *	1	a fault ends it
 *	2	it ends without a fault
 *
 * point.c calls dt_piece_begin(), stmt.c dt_piece_stmts().
 */
#ifndef DT_LOWER_PIECE_H
#define DT_LOWER_PIECE_H

#include "check/tree.h"
#include "lower/context.h"

bool dt_piece_is_long(const struct dt_tclause *c);

/* The clause in hand is long: CG is its function, at its beginning. */
void dt_piece_begin(struct dt_cg *cg);
void dt_piece_stmts(struct dt_cg *cg, struct dt_stmt *const *stmts, uint32_t n);

/* ---- what is different in a long clause ---- */
/* argN in a piece. */
dt_vreg dt_piece_arg(struct dt_cg *cg, uint32_t n);
/* The clause names the clock KEY; and the word that holds its time, 0 before it is read. */
void dt_piece_note_clock(struct dt_cg *cg, const void *key);
struct dt_mem dt_piece_clock(struct dt_cg *cg, const void *key);

/*
 * A static function of the unit that all pieces call, for code that occurs too often to be written
 * out.  It is made at the first call for KEY: GEN writes it, with ARG, and returns its result.
 * PARAM is its one parameter, which it has as dt_ir_ctx(), or 0.
 */
typedef dt_vreg (*dt_piece_gen)(struct dt_cg *cg, const void *arg);
dt_vreg dt_piece_call(struct dt_cg *cg, const void *key, dt_piece_gen gen, const void *arg,
		      dt_vreg param);

#endif
