/* SPDX-License-Identifier: MIT */
/*
 * What the client of a consumer sets and asks for: its handlers, options that are not in
 * dtrace_optval_t's table, orders of aggregations.  Plain types, shared by the door (consume.h) and
 * the parts behind it.
 */
#ifndef DT_CONSUME_CLIENT_H
#define DT_CONSUME_CLIENT_H

#include <dtrace.h>
#include <stdbool.h>

/* Each NULL when not set; may be changed at any time. */
struct dt_consume_handlers {
	dtrace_handle_buffered_f *buffered;
	void *buffered_arg;
	dtrace_handle_err_f *err;
	void *err_arg;
	dtrace_handle_drop_f *drop;
	void *drop_arg;
	dtrace_handle_setopt_f *setopt;
	void *setopt_arg;
};

struct dt_consume_flags {
	bool droptags, aggpercpu, utf8, ascii;
	bool stack_addresses; /* stacksymbols off */
	uint32_t printsize;   /* bytes of a value that print() shows; 0: all */
};

enum dt_agg_order {
	DT_ORDER_NONE,    /* newest first */
	DT_ORDER_OPTIONS, /* variable, value, key; the aggsort options */
	DT_ORDER_KEY,     /* variable, key */
	DT_ORDER_VALUE,   /* variable, value, key */
	DT_ORDER_KEYVAR,  /* key, variable */
	DT_ORDER_VALVAR,  /* value, key, variable */
};

#endif
