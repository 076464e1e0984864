/* SPDX-License-Identifier: MIT */
/*
 * A compact record becomes illumos' layout (expand.h).  Constants and padding are written once,
 * when the first record of a clause arrives.  Of a string or a stack only what the last record had
 * filled is cleared.  The path of a record allocates nothing and looks nothing up but by index.
 */
#include <dtrace.h>
#include <string.h>
#include "consume/context.h"
#include "consume/expand.h"
#include "consume/stack.h"
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

/* A constant: a number, or, where the type says string, the offset of one. */
static void put_const(const struct dt_con *con, char *buf, const struct dt_rec_item *item)
{
	if (item->type && dt_type_is_string(item->type))
		strncpy(buf + item->offset, dt_con_string(con, (uint64_t)item->cvalue),
			item->size ? item->size - 1 : 0);
	else
		put_int(buf + item->offset, item->size, item->cvalue);
}

/* Data that are neighbours in both layouts become one copy. */
static bool join_step(struct dt_expansion *exp, const struct dt_rec_item *item)
{
	struct dt_step *last = exp->nsteps ? &exp->steps[exp->nsteps - 1] : NULL;

	if (!last || last->enc != DT_ENC_BYTES || item->enc != DT_ENC_BYTES ||
	    last->ksize != last->size || item->ksize != item->size ||
	    last->koff + last->ksize != item->koff || last->offset + last->size != item->offset)
		return false;
	last->ksize += item->ksize;
	last->size += item->size;
	return true;
}

static void add_step(struct dt_expansion *exp, const struct dt_rec_item *item)
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
	if (!join_step(exp, item))
		exp->steps[exp->nsteps++] = step;
}

int dt_expansion_prepare(struct dt_expansion *exp, struct dt_con *con,
			 const struct dt_clause_layout *layout)
{
	size_t size = DT_MAX(layout->size, sizeof(dtrace_rechdr_t));

	if (exp->buf)
		return 0;
	free(exp->steps);
	*exp = (struct dt_expansion){ .layout = layout };
	exp->steps = calloc(layout->items.n + 1, sizeof(*exp->steps));
	if (!exp->steps)
		return dt_con_error(con, EDT_NOMEM);
	exp->buf = aligned_alloc(16, DT_ALIGN(size + 16, 16));
	if (!exp->buf)
		return dt_con_error(con, EDT_NOMEM);
	memset(exp->buf, 0, size);
	for (size_t i = 0; i < layout->items.n; i++) {
		const struct dt_rec_item *item = &layout->items.data[i];

		if (item->action == DTRACEACT_SPECULATE)
			exp->spec_koff = item->koff;
		if (item->enc == DT_ENC_CONST)
			put_const(con, exp->buf, item);
		else if (item->enc != DT_ENC_NONE)
			add_step(exp, item);
	}
	return 0;
}

void dt_expansion_free(struct dt_expansion *exp)
{
	free(exp->buf);
	free(exp->steps);
}

/* ---- the path of a record ---- */

/* The compact record in hand: `tail` is the next tail, `end` is behind its last byte. */
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

static void put_strid(const struct dt_con *con, struct dt_step *step, char *buf, uint32_t id)
{
	const char *text;

	if (step->last_id == id + 1)
		return;
	text = dt_con_string(con, id);
	put_text(step, buf, text, (uint32_t)strlen(text));
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

static bool put_tail(const struct dt_con *con, struct dt_step *step, char *buf, struct krec *k)
{
	uint32_t n = load_u32(k->rec + step->koff);
	const char *src = take_tail(k, n, step->enc != DT_ENC_STR);
	uint64_t pid;

	if (!src)
		return false;
	if (step->enc == DT_ENC_STR) {
		put_text(step, buf, src, n);
	} else if (step->enc != DT_ENC_USTACK) {
		uint32_t skip = step->enc == DT_ENC_STACK ? dt_stack_skip(&con->names, src, n) : 0;

		fill(step, buf + step->offset, src + skip, DT_MIN(n - skip, step->size));
	} else if (step->size >= 8) {
		pid = load_u32(k->rec + step->koff + 4);
		memcpy(buf + step->offset, &pid, sizeof(pid));
		fill(step, buf + step->offset + 8, src, DT_MIN(n, step->size - 8));
	}
	return true;
}

bool dt_expand(struct dt_expansion *exp, const struct dt_con *con, const void *rec, uint32_t len)
{
	struct krec k = { rec, (const char *)rec + exp->layout->kfixed, (const char *)rec + len };
	dtrace_rechdr_t *hdr = (dtrace_rechdr_t *)exp->buf;
	char *buf = exp->buf;
	uint64_t time;

	if (len < exp->layout->kfixed)
		return false;
	if (con->layout->timestamps) {
		memcpy(&time, k.rec + sizeof(struct dt_krec), sizeof(time));
		hdr->dtrh_timestamp_hi = (uint32_t)(time >> 32);
		hdr->dtrh_timestamp_lo = (uint32_t)time;
	}
	for (struct dt_step *s = exp->steps, *end = s + exp->nsteps; s < end; s++) {
		switch (s->enc) {
		case DT_ENC_BYTES: memcpy(buf + s->offset, k.rec + s->koff, s->ksize); break;
		case DT_ENC_STRID: put_strid(con, s, buf, load_u32(k.rec + s->koff)); break;
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
