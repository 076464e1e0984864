/* SPDX-License-Identifier: MIT */
/*
 * What hooks need: the face of lower/ for the emit hooks of built-ins and providers, which write
 * the IR of their values with it (contract/builtin.h, contract/provider.h).
 *
 *	context.h	struct dt_cg, values and strings, what is read once per clause
 *	expr.h		the values of argument expressions
 *	str.h		strings: places, copies, comparison
 *	memory.h	scratch, stack objects, the state area, read-only data, reading by address
 *	own.h		memory of the program's own
 *	firing.h	the context, the probe, its arguments, the current task
 *	pids.h		process ids in the consumer's namespace
 *	fault.h		faults, which end the clause, and counted drops
 *	items.h		`items` hooks: the data of an action's record
 *	record.h	`emit_stmt` hooks: filling them in
 *	intern.h	stacks as numbers, in keys
 *	ring.h		records of their own
 *	aggregate.h	`emit` hooks of aggregating functions
 *	plan.h		options, constant strings
 *
 * The instructions themselves are written with the builder of ir/ (ir/build.h): cg->ir is the
 * function in hand.
 */
#ifndef DT_LOWER_HOOKS_H
#define DT_LOWER_HOOKS_H

#include "ir/build.h"
#include "lower/aggregate.h"
#include "lower/context.h"
#include "lower/expr.h"
#include "lower/fault.h"
#include "lower/firing.h"
#include "lower/intern.h"
#include "lower/items.h"
#include "lower/memory.h"
#include "lower/own.h"
#include "lower/pids.h"
#include "lower/plan.h"
#include "lower/record.h"
#include "lower/ring.h"
#include "lower/str.h"

#endif
