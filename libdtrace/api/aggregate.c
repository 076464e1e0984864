/* SPDX-License-Identifier: MIT */
/*
 * dtrace_aggregate_*(): snapshots, walks in every order, printing.  dtrace_agg_*(): a value as a
 * number or as buckets.  run/ says when a snapshot is due, consume/ has the totals and walks them.
 */
#include <errno.h>
#include "api/hdl.h"
#include "consume/consume.h"

static int done(dtrace_hdl_t *dtp, int result)
{
	return result ? dt_set_errno(dtp, dt_consume_err(dt_consumer(dtp))) : 0;
}

int dtrace_aggregate_snap_now(dtrace_hdl_t *dtp)
{
	int rc = dt_run_snapshot_now(dtp->run);

	return rc ? dt_set_run_error(dtp, rc) : 0;
}

int dtrace_aggregate_snap(dtrace_hdl_t *dtp)
{
	int rc = dt_run_snapshot(dtp->run);

	return rc ? dt_set_run_error(dtp, rc) : 0;
}

uint64_t dtrace_aggregate_nsnaps(dtrace_hdl_t *dtp)
{
	return dt_consumer(dtp) ? dt_consume_nsnaps(dt_consumer(dtp)) : 0;
}

void dtrace_aggregate_clear(dtrace_hdl_t *dtp)
{
	if (dt_consumer(dtp))
		dt_consume_agg_clear(dt_consumer(dtp));
}

static int walk(dtrace_hdl_t *dtp, enum dt_agg_order order, bool reverse, dtrace_aggregate_f *func,
		void *arg)
{
	if (!dt_consumer(dtp))
		return dt_set_errno(dtp, EINVAL);
	return done(dtp, dt_consume_walk(dt_consumer(dtp), order, reverse, func, arg));
}

#define WALK(name, order, reverse)                                                              \
	int dtrace_aggregate_walk##name(dtrace_hdl_t *dtp, dtrace_aggregate_f *func, void *arg) \
	{                                                                                       \
		return walk(dtp, order, reverse, func, arg);                                    \
	}

WALK(, DT_ORDER_NONE, false)
WALK(_sorted, DT_ORDER_OPTIONS, false)
WALK(_keysorted, DT_ORDER_KEY, false)
WALK(_valsorted, DT_ORDER_VALUE, false)
WALK(_keyvarsorted, DT_ORDER_KEYVAR, false)
WALK(_valvarsorted, DT_ORDER_VALVAR, false)
WALK(_keyrevsorted, DT_ORDER_KEY, true)
WALK(_valrevsorted, DT_ORDER_VALUE, true)
WALK(_keyvarrevsorted, DT_ORDER_KEYVAR, true)
WALK(_valvarrevsorted, DT_ORDER_VALVAR, true)

int dtrace_aggregate_walk_joined(dtrace_hdl_t *dtp, dtrace_aggvarid_t *ids, int n,
				 dtrace_aggregate_walk_joined_f *func, void *arg)
{
	if (!dt_consumer(dtp))
		return dt_set_errno(dtp, EINVAL);
	return done(dtp, dt_consume_walk_joined(dt_consumer(dtp), ids, n, func, arg));
}

int dtrace_aggregate_print(dtrace_hdl_t *dtp, FILE *fp, dtrace_aggregate_walk_f *func)
{
	if (!dt_consumer(dtp))
		return dt_set_errno(dtp, EINVAL);
	return done(dtp, dt_consume_agg_print(dt_consumer(dtp), fp,
					      func ? func : dtrace_aggregate_walk_sorted));
}

/* ---- values ---- */

const char *dtrace_agg_name(const dtrace_aggdata_t *agg)
{
	return dt_consume_agg_name(agg);
}

int dtrace_agg_number(const dtrace_aggdata_t *agg, int64_t *value)
{
	int err = dt_consume_agg_number(agg, value);

	return err ? dt_set_errno(agg->dtada_handle, -err) : 0;
}

int dtrace_agg_nbuckets(const dtrace_aggdata_t *agg)
{
	return (int)dt_consume_agg_nbuckets(agg);
}

int dtrace_agg_bucket(const dtrace_aggdata_t *agg, int bucket, int64_t *low, int64_t *high,
		      int64_t *count)
{
	int64_t lo, hi, n;
	int err = dt_consume_agg_bucket(agg, (uint32_t)bucket, &lo, &hi, &n);

	if (err)
		return dt_set_errno(agg->dtada_handle, -err);
	if (low)
		*low = lo;
	if (high)
		*high = hi;
	if (count)
		*count = n;
	return 0;
}

int dtrace_agg_valtype(dtrace_hdl_t *dtp, const dtrace_aggdesc_t *desc, int index,
		       dtrace_valtype_t *type)
{
	if (!dt_consumer(dtp) || dt_consume_agg_valtype(dt_consumer(dtp), desc, index, type))
		return dt_set_errno(dtp, EINVAL);
	return 0;
}
