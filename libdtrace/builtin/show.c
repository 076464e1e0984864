/* SPDX-License-Identifier: MIT */
/*
 * The consumer's side of actions: hooks that print their records or perform what they ask for.  The
 * rows in act_*.c refer to them; consume/records.c calls them for each record, in its order.
 */
#include "builtin/show.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "consume/aggsort.h"
#include "consume/consumer.h"
#include "consume/faults.h"
#include "consume/printf.h"
#include "consume/show.h"
#include "consume/stack.h"
#include "types/print.h"
#include "types/types.h"

/* ---- printing ---- */

/* The data of the statement whose first item is ITEM. */
static struct dt_fmt_input input_of(const struct dt_record *rec, uint32_t item)
{
	return (struct dt_fmt_input){ dt_record_desc(rec, item), dt_record_nitems(rec, item),
				      rec->buf, rec->clause->size };
}

static const struct dt_fmt *format_of(const struct dt_record *rec, uint32_t item)
{
	return rec->clause->items.data[item].fmt;
}

DT_SHOW_HOOK(dt_show_printf)
{
	struct dt_fmt_input input = input_of(rec, item);

	return dt_fmt_run(out, format_of(rec, item), &input);
}

DT_SHOW_HOOK(dt_show_printa)
{
	struct dt_fmt_input input = input_of(rec, item);

	return dt_action_printa(&consumer->actions, out->fp, format_of(rec, item), out->probe,
				&input);
}

DT_SHOW_HOOK(dt_show_system)
{
	struct dt_fmt_input input = input_of(rec, item);

	return dt_action_system(&consumer->actions, out->fp, format_of(rec, item), &input);
}

DT_SHOW_HOOK(dt_show_freopen)
{
	struct dt_fmt_input input = input_of(rec, item);

	return dt_action_freopen(&consumer->actions, out->fp, format_of(rec, item), out->probe,
				 &input);
}

/* Function pointers in the structures that print() shows. */
static bool symbol_text(void *arg, uint64_t addr, char *buf, size_t size)
{
	const struct dt_con *con = arg;

	dt_text_symbol(&con->names, DTRACEACT_SYM, &addr, buf, size);
	return buf[0] && strncmp(buf, "0x", 2);
}

DT_SHOW_HOOK(dt_show_print)
{
	const struct dt_rec_item *it = &rec->clause->items.data[item];
	struct dt_print_opts opts = { .symbol = symbol_text, .arg = &consumer->con };

	size_t mark = out->text.len, most = consumer->con.flags.printsize;

	if (it->type && consumer->con.types) {
		dt_type_print(consumer->con.types, it->type, dt_record_datum(rec, item),
			      most ? DT_MIN(it->size, most) : it->size, &opts, &out->text);
		dt_out_escape(out, mark);
	} else {
		dt_record_show(rec, out, item);
	}
	return 1;
}

/* tracemem()'s third argument limits the bytes that are shown; if it is negative, all are. */
DT_SHOW_HOOK(dt_show_tracemem)
{
	const struct dt_rec_item *it = &rec->clause->items.data[item], *before = it - 1;
	int64_t size = it->size, wanted;

	if (item && before->stmt == it->stmt && before->action == DTRACEACT_TRACEMEM_DYNSIZE) {
		wanted = dt_datum_int(dt_record_datum(rec, item - 1), before->size, true);
		if (wanted >= 0 && wanted < size)
			size = wanted;
	}
	dt_show_hexdump(out, dt_record_datum(rec, item), (size_t)size);
	return 1;
}

/* ---- performing ---- */

static struct dt_agg_var *var_of(struct dt_consume *consumer, const struct dt_record *rec,
				 uint32_t item)
{
	return dt_agg_find_var(&consumer->aggs,
			       dt_datum_int(dt_record_datum(rec, item),
					    rec->clause->items.data[item].size, true));
}

/* The number that follows the aggregation's id; DEFAULT_VALUE if the statement has none. */
static int64_t argument(const struct dt_record *rec, uint32_t item, int64_t default_value)
{
	if (dt_record_nitems(rec, item) < 2 || !rec->clause->items.data[item + 1].size)
		return default_value;
	return dt_datum_int(dt_record_datum(rec, item + 1), rec->clause->items.data[item + 1].size,
			    true);
}

DT_PERFORM_HOOK(dt_perform_clear)
{
	const struct dt_agg_var *var = var_of(consumer, rec, item);

	for (struct dt_agg_entry *e = consumer->aggs.newest; e; e = e->older)
		if (e->var == var)
			dt_agg_clear(&consumer->aggs, e);
	return (int)dt_record_nitems(rec, item);
}

static void set_normal(struct dt_consume *consumer, struct dt_agg_var *var, uint64_t normal)
{
	if (!var || !normal)
		return;
	var->normal = normal;
	for (struct dt_agg_entry *e = consumer->aggs.newest; e; e = e->older)
		if (e->var == var)
			e->data.dtada_normal = normal;
}

DT_PERFORM_HOOK(dt_perform_normalize)
{
	uint64_t normal = (uint64_t)argument(rec, item, 1);
	char msg[64];

	snprintf(msg, sizeof(msg), "line %d: normalize( ) by zero",
		 rec->clause->items.data[item].line);
	if (!normal && dt_fault_library(&consumer->con, rec->data, msg))
		return -1;
	set_normal(consumer, var_of(consumer, rec, item), normal);
	return (int)dt_record_nitems(rec, item);
}

DT_PERFORM_HOOK(dt_perform_denormalize)
{
	set_normal(consumer, var_of(consumer, rec, item), 1);
	return (int)dt_record_nitems(rec, item);
}

/* Keeps the N largest values, or for a negative number the -N smallest; for 0, none.  The order of
 * keys decides between equal values. */
DT_PERFORM_HOOK(dt_perform_trunc)
{
	const struct dt_agg_var *var = var_of(consumer, rec, item);
	int64_t keep = argument(rec, item, 0);
	size_t n, first = 0, last;
	_cleanup_free_ struct dt_agg_entry **list =
		var ? dt_agg_sorted(&consumer->aggs, var, DT_ORDER_VALUE, false, &n) : NULL;

	if (!var)
		return (int)dt_record_nitems(rec, item);
	if (!list)
		return -1;
	last = n;
	if (keep > 0)
		last = (uint64_t)keep < n ? n - (size_t)keep : 0;
	else if (keep < 0)
		first = -(uint64_t)keep < n ? (size_t)(-(uint64_t)keep) : n;
	for (size_t i = first; i < last; i++)
		dt_agg_remove(&consumer->aggs, list[i]);
	return (int)dt_record_nitems(rec, item);
}

static int bad_setopt(struct dt_con *con, const struct dt_record *rec, const char *name,
		      const char *value, int err)
{
	_cleanup_free_ char *msg = NULL;

	if (asprintf(&msg, "couldn't set option \"%s\" to \"%s\": %s\n", name, value,
		     dt_strerror(err)) < 0)
		return dt_con_error(con, EDT_NOMEM);
	return dt_fault_library(con, rec->data, msg);
}

DT_PERFORM_HOOK(dt_perform_setopt)
{
	uint32_t n = dt_record_nitems(rec, item);
	const char *name = dt_record_datum(rec, item), *value = "1";
	dtrace_setoptdata_t data = { .dtsda_handle = consumer->con.hdl,
				     .dtsda_probe = rec->data,
				     .dtsda_option = name };
	int err;

	if (n > 1 && rec->clause->items.data[item + 1].size > 8)
		value = dt_record_datum(rec, item + 1);
	if (!consumer->setopt)
		return (int)n;
	err = consumer->setopt(consumer->con.hdl, name, value, &data.dtsda_oldval,
			       &data.dtsda_newval);
	if (err)
		return bad_setopt(&consumer->con, rec, name, value, err) ? -1 : (int)n;
	if (consumer->con.handlers.setopt &&
	    consumer->con.handlers.setopt(&data, consumer->con.handlers.setopt_arg) ==
		    DTRACE_HANDLE_ABORT)
		return dt_con_error(&consumer->con, EDT_DIRABORT);
	return (int)n;
}

DT_PERFORM_HOOK(dt_perform_ftruncate)
{
	if (rec->fp && fileno(rec->fp) >= 0) {
		fflush(rec->fp);
		if (!ftruncate(fileno(rec->fp), 0))
			lseek(fileno(rec->fp), 0, SEEK_SET);
	}
	return (int)dt_record_nitems(rec, item);
}
