/* SPDX-License-Identifier: MIT */
/*
 * Texts of single data: by their action and type (print.c), of stacks and addresses (stack.c), by a
 * format's conversion (printf.c).  Used for records, for keys of aggregations and by builtin/'s
 * show hooks.
 */
#ifndef DT_CONSUME_SHOW_H
#define DT_CONSUME_SHOW_H

#include <dtrace.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "contract/format.h"

struct dt_consume;
struct dt_ksyms;
struct dt_out;
struct dt_record;
struct dt_type;
struct dt_usyms;

/* Where names of addresses come from; members may be NULL. */
struct dt_texts {
	struct dt_ksyms *ksyms;
	struct dt_usyms *usyms;
};

struct dt_datum {
	uint16_t action;
	uint64_t arg;               /* dtrd_arg */
	const struct dt_type *type; /* NULL: not known */
	const void *data;
	uint32_t size;
};

/* ---- print.c ---- */

/* The default text. KEY: as in a row of an aggregation, else as trace() shows it (quiet, rawbytes
 * hold). */
void dt_show_datum(struct dt_consume *con, struct dt_out *out, const struct dt_datum *datum,
		   bool key);
/* Show hooks' twin for records without a row of their own. */
int dt_show_default(struct dt_consume *con, struct dt_out *out, const struct dt_record *rec,
		    uint32_t item);
void dt_show_hexdump(struct dt_out *out, const void *data, size_t size);
int64_t dt_datum_int(const void *data, uint32_t size,
		     bool is_signed); /* an integer of 1, 2, 4 or 8 bytes */

/* ---- stack.c ---- */

void dt_show_stack(struct dt_consume *con, struct dt_out *out, const struct dt_datum *datum,
		   int indent);
bool dt_is_symbol_action(uint16_t action); /* SYM, MOD, USYM, UMOD, UADDR */
/* Text of such a datum; the length it needs, as snprintf. */
size_t dt_text_symbol(const struct dt_texts *texts, uint16_t action, const void *data, char *buf,
		      size_t size);
size_t dt_text_kaddr(const struct dt_texts *texts, uint64_t addr, char *buf, size_t size);
size_t dt_text_uaddr(const struct dt_texts *texts, pid_t pid, uint64_t addr, char *buf,
		     size_t size);
/* Text of frame NUMBER of a stack, without indent; 0: there is none. NOTE (may be NULL): jstack()'s
 * "@text" below it. */
size_t dt_text_frame(const struct dt_texts *texts, const struct dt_datum *stack, uint32_t number,
		     char *buf, size_t size, const char **note);
/* Length of such a text is seldom more: buffers of this size hold it, longer ones are cut. */
#define DT_TEXT_MAX 1024

/* ---- printf.c ---- */

/* One conversion with its argument. */
struct dt_fmt_arg {
	const struct dt_conv *conv;
	uint32_t flags;
	int width, prec;
	struct dt_datum datum;
};

void dt_fmt_put(struct dt_consume *con, struct dt_out *out, const struct dt_fmt_arg *arg);
/* The whole format over RECS of the record at BUF; returns records used (1 at least), or -1 with
 * con->err. */
int dt_fmt_run(struct dt_consume *con, struct dt_out *out, const struct dt_fmt *fmt,
	       const dtrace_recdesc_t *recs, uint32_t nrecs, const void *buf, size_t len);
/* Takes width and precision that are arguments from RECS at *NEXT. False: there is none. */
bool dt_fmt_dynamic(struct dt_fmt_arg *arg, const struct dt_fmt_part *part,
		    const dtrace_recdesc_t *recs, uint32_t nrecs, const void *buf, uint32_t *next);

#endif
