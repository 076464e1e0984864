/* SPDX-License-Identifier: MIT */
/*
 * A compact record becomes illumos' layout.  Each clause has its own record buffer and a list of
 * copies, made when its first record arrives: constants and padding are written then and stay, and
 * of a text or a stack only what the last record had filled is cleared.  The path of a record has
 * no allocation and no look-up but by index.
 */
#include <dtrace.h>
#include <string.h>
#include "consume/internal.h"
#include "types/types.h"

/* ---- preparing a clause ---- */

static void put_int(char *to, uint32_t size, int64_t value)
{
	int8_t v1 = (int8_t)value;
	int16_t v2 = (int16_t)value;
	int32_t v4 = (int32_t)value;
	const void *from = size == 1   ? (void *)&v1
			   : size == 2 ? (void *)&v2
			   : size == 4 ? (void *)&v4
				       : (void *)&value;

	memcpy(to, from, DT_MIN(size, sizeof(value)));
}

/* A constant: a number, or, where the type says text, the number of one in the run's strings. */
static void put_const(const struct dt_run_layout *run, char *buf, const struct dt_rec_item *item)
{
	if (item->type && dt_type_is_string(item->type) &&
	    (uint64_t)item->cvalue < run->strings.len)
		strncpy(buf + item->offset, run->strings.s + item->cvalue,
			item->size ? item->size - 1 : 0);
	else
		put_int(buf + item->offset, item->size, item->cvalue);
}

/* Neighbours that are neighbours in both layouts become one copy. */
static bool join_step(struct dt_con_clause *clause, const struct dt_rec_item *item)
{
	struct dt_step *last = clause->nsteps ? &clause->steps[clause->nsteps - 1] : NULL;

	if (!last || last->enc != DT_ENC_BYTES || item->enc != DT_ENC_BYTES ||
	    last->ksize != last->size || item->ksize != item->size ||
	    last->koff + last->ksize != item->koff || last->offset + last->size != item->offset)
		return false;
	last->ksize += item->ksize;
	last->size += item->size;
	return true;
}

static void add_step(struct dt_con_clause *clause, const struct dt_rec_item *item)
{
	struct dt_step step = { .enc = item->enc,
				.koff = item->koff,
				.ksize = item->ksize,
				.offset = item->offset,
				.size = item->size };

	if (item->enc == DT_ENC_USTACK)
		step.size = 8 + 8 * DTRACE_USTACK_NFRAMES(
					    item->arg); /* behind them the strings of jstack() */
	if (step.size > item->size)
		step.size = item->size;
	if (step.enc == DT_ENC_BYTES && step.ksize > step.size)
		step.ksize = step.size;
	if (!join_step(clause, item))
		clause->steps[clause->nsteps++] = step;
}

struct probe_pos {
	const struct dt_probe *probe;
	uint32_t pos;
};

static int probe_order(const void *a, const void *b)
{
	const struct probe_pos *x = a, *y = b;

	return (x->probe > y->probe) - (x->probe < y->probe);
}

/* Which EPID a record's probe number means. */
static bool number_epids(const struct dt_run_layout *run, struct dt_con_clause *clause)
{
	const struct dt_clause_layout *layout = clause->layout;
	_cleanup_free_ struct probe_pos *by_probe = calloc(layout->nprobes + 1, sizeof(*by_probe));
	uint32_t first = UINT32_MAX, last = 0;

	clause->epid = calloc(run->probes.n + 1, sizeof(*clause->epid));
	if (!by_probe || !clause->epid)
		return false;
	for (uint32_t i = 0; i < layout->nprobes; i++)
		by_probe[i] = (struct probe_pos){ layout->probes[i], i };
	qsort(by_probe, layout->nprobes, sizeof(*by_probe), probe_order);
	for (uint32_t i = 0; i < run->probes.n; i++) {
		struct probe_pos key = { run->probes.data[i], 0 };
		const struct probe_pos *at = bsearch(&key, by_probe, layout->nprobes,
						     sizeof(*by_probe), probe_order);

		if (!at)
			continue;
		first = DT_MIN(first, i);
		last = i;
		clause->epid[i - first] = clause->layout->epid_first + at->pos;
	}
	clause->first_probe = first;
	clause->nprobes = first <= last ? last - first + 1 : 0;
	return true;
}

int dt_con_clause_prepare(struct dt_consume *con, uint32_t number)
{
	struct dt_con_clause *clause = &con->clauses[number];
	const struct dt_clause_layout *layout = con->layout->clauses.data[number];

	if (clause->buf)
		return 0;
	clause->layout = layout;
	clause->nsteps = 0;
	free(clause->epid);
	free(clause->steps);
	clause->steps = calloc(layout->items.n + 1, sizeof(*clause->steps));
	if (!clause->steps || !number_epids(con->layout, clause))
		return dt_con_error(con, EDT_NOMEM);
	clause->buf =
		aligned_alloc(16, DT_ALIGN(DT_MAX(layout->size, sizeof(dtrace_rechdr_t)) + 16, 16));
	if (!clause->buf)
		return dt_con_error(con, EDT_NOMEM);
	memset(clause->buf, 0, DT_MAX(layout->size, sizeof(dtrace_rechdr_t)));
	for (size_t i = 0; i < layout->items.n; i++) {
		const struct dt_rec_item *item = &layout->items.data[i];

		if (item->action == DTRACEACT_SPECULATE)
			clause->spec_koff = item->koff;
		if (item->enc == DT_ENC_CONST)
			put_const(con->layout, clause->buf, item);
		else if (item->enc != DT_ENC_NONE)
			add_step(clause, item);
	}
	return 0;
}

/* ---- the path of a record ---- */

/* The compact record in hand: its tails from `tail` on, `end` behind its last byte. */
struct krec {
	const char *rec, *tail, *end;
};

static inline uint32_t load_u32(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* N bytes of the datum come from SRC, the rest of it is zero. */
static inline void fill(struct dt_step *step, char *to, const char *src, uint32_t n)
{
	memcpy(to, src, n);
	if (n < step->used)
		memset(to + n, 0, step->used - n);
	step->used = n;
}

static inline void put_text(struct dt_step *step, char *buf, const char *src, uint32_t n)
{
	if (step->size)
		fill(step, buf + step->offset, src, DT_MIN(n, step->size - 1));
}

static void put_strid(const struct dt_run_layout *run, struct dt_step *step, char *buf, uint32_t id)
{
	const char *text;

	if (step->last_id == id + 1)
		return;
	text = id < run->strings.len ? run->strings.s + id : "";
	put_text(step, buf, text, strlen(text));
	step->last_id = id + 1;
}

/* The N bytes of the next tail, which begins at a multiple of 8 where ALIGN; NULL: the record is
 * too short. */
static inline const char *take_tail(struct krec *k, uint32_t n, bool align)
{
	const char *at = k->tail;

	if (align)
		at = k->rec + DT_ALIGN((size_t)(at - k->rec), 8);
	if (at > k->end || (size_t)(k->end - at) < n)
		return NULL;
	k->tail = at + n;
	return at;
}

static bool put_tail(struct dt_consume *con, struct dt_step *step, char *buf, struct krec *k)
{
	uint32_t n = load_u32(k->rec + step->koff);
	const char *src = take_tail(k, n, step->enc != DT_ENC_STR);
	uint64_t pid;

	if (!src)
		return false;
	if (step->enc == DT_ENC_STR) {
		put_text(step, buf, src, n);
	} else if (step->enc != DT_ENC_USTACK) {
		uint32_t skip = step->enc == DT_ENC_STACK ? dt_con_stack_skip(con, src, n) : 0;

		fill(step, buf + step->offset, src + skip, DT_MIN(n - skip, step->size));
	} else if (step->size >= 8) {
		pid = load_u32(k->rec + step->koff + 4);
		memcpy(buf + step->offset, &pid, sizeof(pid));
		fill(step, buf + step->offset + 8, src, DT_MIN(n, step->size - 8));
	}
	return true;
}

bool dt_con_expand(struct dt_consume *con, struct dt_con_clause *clause, const void *rec,
		   uint32_t len)
{
	struct krec k = { rec, (const char *)rec + clause->layout->kfixed,
			  (const char *)rec + len };
	dtrace_rechdr_t *hdr = (dtrace_rechdr_t *)clause->buf;
	char *buf = clause->buf;
	uint64_t time;

	if (len < clause->layout->kfixed)
		return false;
	if (con->layout->timestamps) {
		memcpy(&time, k.rec + sizeof(struct dt_krec), sizeof(time));
		hdr->dtrh_timestamp_hi = (uint32_t)(time >> 32);
		hdr->dtrh_timestamp_lo = (uint32_t)time;
	}
	for (struct dt_step *s = clause->steps, *end = s + clause->nsteps; s < end; s++) {
		switch (s->enc) {
		case DT_ENC_BYTES: memcpy(buf + s->offset, k.rec + s->koff, s->ksize); break;
		case DT_ENC_STRID: put_strid(con->layout, s, buf, load_u32(k.rec + s->koff)); break;
		case DT_ENC_FIXSTR:
			put_text(s, buf, k.rec + s->koff, strnlen(k.rec + s->koff, s->ksize));
			break;
		default:
			if (!put_tail(con, s, buf, &k))
				return false;
		}
	}
	return true;
}
