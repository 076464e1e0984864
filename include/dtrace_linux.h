/* SPDX-License-Identifier: MIT */
/*
 * What illumos' <dtrace.h> lacks and a consumer in another language needs: the types of values,
 * waking a handle from another thread or a signal handler, a bounded wait, where a compile error
 * lies, the process behind a ps_prochandle, texts of symbols, buckets of distributions, totals of
 * drops.  The rules of <dtrace.h> hold here too: 0 or -1 with dtrace_errno(), the library owns what
 * it hands out.
 */
#ifndef _DTRACE_LINUX_H
#define _DTRACE_LINUX_H

#include <dtrace.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Types of values. */

typedef enum {
	DTRACE_VAL_NONE = 0, /* no datum: size 0, or the id of a variable (record 0 of a tuple,
				PRINTA, LIBACT) */
	DTRACE_VAL_INT, /* 1, 2, 4 or 8 bytes, dtvt_signed says which sign; pointers are unsigned */
	DTRACE_VAL_STRING, /* text, NUL-terminated within dtvt_size */
	DTRACE_VAL_BYTES,  /* structures, arrays, tracemem(): dtvt_size bytes as they are */
	DTRACE_VAL_STACK,  /* dtvt_count program counters of the kernel, u64; 0 ends the list early
			    */
	DTRACE_VAL_USTACK, /* u64 pid, then dtvt_count program counters, then strings (jstack) */
	DTRACE_VAL_SYM,    /* u64 pc: kernel function or variable */
	DTRACE_VAL_MOD,    /* u64 pc: kernel module */
	DTRACE_VAL_USYM,   /* u64 pid, u64 pc: function of a process */
	DTRACE_VAL_UMOD,   /* u64 pid, u64 pc: object of a process */
	DTRACE_VAL_UADDR,  /* u64 pid, u64 pc: address in a process */
	DTRACE_VAL_AGG /* value of an aggregation: dtrd_action says which, dtrace_agg_* read it */
} dtrace_valkind_t;

typedef struct dtrace_valtype {
	uint8_t dtvt_kind;   /* DTRACE_VAL_* */
	uint8_t dtvt_signed; /* 1: a signed integer */
	uint16_t dtvt_pad;
	uint32_t dtvt_size;  /* bytes of the datum, = dtrd_size */
	uint32_t dtvt_count; /* frames of a stack */
	uint32_t dtvt_pad2;
	const char *dtvt_type; /* D's name of the type ("int", "struct timespec"), NULL when not
				  known */
} dtrace_valtype_t;

/*
 * The type of a record's datum, inside chew, chewrec and the buffered handler.  `rec` is one of the
 * probe's dtepd_rec.  EINVAL: it is not.  Does not look at the datum; the answer is the same for
 * all records of one EPID.
 */
DTRACE_EXPORT int dtrace_rec_valtype(dtrace_hdl_t *dtp, const dtrace_probedata_t *data,
				     const dtrace_recdesc_t *rec, dtrace_valtype_t *type);

/* The type of datum `index` of an aggregation's tuple: 0 the variable's id, 1 .. dtagd_nrecs - 2
 * the keys, last the value. */
DTRACE_EXPORT int dtrace_agg_valtype(dtrace_hdl_t *dtp, const dtrace_aggdesc_t *desc, int index,
				     dtrace_valtype_t *type);

/*
 * When a record was made, nanoseconds of CLOCK_MONOTONIC; 0 when it carries no time.  Records carry
 * it with the option `temporal` or after dtrace_rec_timestamps(dtp, true), which must come before
 * dtrace_go() (EDT_ACTIVE).
 */
DTRACE_EXPORT int dtrace_rec_timestamps(dtrace_hdl_t *dtp, bool on);
DTRACE_EXPORT uint64_t dtrace_rec_timestamp(const dtrace_probedata_t *data,
					    const dtrace_recdesc_t *rec /* NULL in chew */);

/*
 * D's name of a type that dtrace_probe_info() or dtrace_lookup_by_type() gave ("struct task_struct
 * *").  Returns the whole length without NUL, at most n bytes are written; -1 and EINVAL when the
 * structure holds no type.
 */
DTRACE_EXPORT int dtrace_type2str(dtrace_hdl_t *dtp, const dtrace_typeinfo_t *type, char *buf,
				  int n);

/* Values of aggregations. */

/*
 * The aggregating function's name in D: "count", "quantize".  Functions that illumos does not have
 * have no DTRACEAGG_ number in <sys/dtrace.h>: this is how to tell them apart.
 */
DTRACE_EXPORT const char *dtrace_agg_name(const dtrace_aggdata_t *agg);

/*
 * The number that DTrace prints for a value that is a number (count, sum, min, max, avg, stddev):
 * normalized, divided towards zero. EINVAL (returned as -1, the handle's errno set) for a
 * distribution.
 */
DTRACE_EXPORT int dtrace_agg_number(const dtrace_aggdata_t *agg, int64_t *value);

/* Buckets of a distribution (quantize, lquantize, llquantize), with those below and above the
 * range; 0 for a number. */
DTRACE_EXPORT int dtrace_agg_nbuckets(const dtrace_aggdata_t *agg);

/*
 * Bucket `bucket`, from 0: its values are low .. high, both included (INT64_MIN and INT64_MAX where
 * it is open), `count` is normalized.  Pointers may be NULL.  EINVAL: no such bucket.
 */
DTRACE_EXPORT int dtrace_agg_bucket(const dtrace_aggdata_t *agg, int bucket, int64_t *low,
				    int64_t *high, int64_t *count);

/* As dtrace_aggregate_snap(), but at once, whatever aggrate says. */
DTRACE_EXPORT int dtrace_aggregate_snap_now(dtrace_hdl_t *dtp);

/* Snapshots taken so far: a consumer that walks at aggrate compares it with the number at its last
 * walk. */
DTRACE_EXPORT uint64_t dtrace_aggregate_nsnaps(dtrace_hdl_t *dtp);

/* Texts. */

/*
 * The text of a sym, mod, usym, umod or uaddr datum, as DTrace prints it without blanks.  `kind` is
 * DTRACE_VAL_SYM .. DTRACE_VAL_UADDR.  Returns the whole length without NUL, at most n bytes are
 * written; -1 and EINVAL for other kinds.
 */
DTRACE_EXPORT int dtrace_sym2str(dtrace_hdl_t *dtp, dtrace_valkind_t kind, const void *datum,
				 char *buf, int n);

/*
 * The text of frame `frame` (from 0) of a stack, ustack or jstack datum, without indent.  Returns
 * the whole length, 0 when the stack has no such frame, -1 and EINVAL when `type` is no stack.
 */
DTRACE_EXPORT int dtrace_frame2str(dtrace_hdl_t *dtp, const dtrace_valtype_t *type,
				   const void *datum, int frame, char *buf, int n);

/* Waiting and waking. */

/*
 * As dtrace_sleep(), but for timeout_ns nanoseconds at most (-1: as long as dtrace_sleep() would;
 * 0: only the process notices).  Returns 1 when the handle was woken by dtrace_wake(), else 0
 * (time, exit(), a full ring, a signal: call dtrace_work()).
 */
DTRACE_EXPORT int dtrace_wait(dtrace_hdl_t *dtp, int64_t timeout_ns);

/*
 * Ends a dtrace_sleep() or dtrace_wait() of the handle, and lets later ones return at once until
 * dtrace_wake_clear(). May be called from any thread and from a signal handler, as long as the
 * handle is not closed.  The only such function.
 */
DTRACE_EXPORT int dtrace_wake(dtrace_hdl_t *dtp);

/* Forgets earlier dtrace_wake() calls.  By the handle's own thread. */
DTRACE_EXPORT int dtrace_wake_clear(dtrace_hdl_t *dtp);

/* Errors. */

/* Beyond illumos' numbers. */
#define EDT_COMPILER_ERROR  1005 /* the compiler's message: see dtrace_errplace() */
#define EDT_PRIVILEGE_ERROR 1062 /* a capability is missing: dtep_missing */
#define EDT_KERNEL_ERROR    1100 /* this kernel lacks a feature: dtep_missing */
#define EDT_VERIFIER_ERROR  1101 /* the kernel refused generated code: a defect of the library */

typedef struct dtrace_errplace {
	const char *dtep_tag;     /* "D_IDENT_UNDEF"; "" when the error has none */
	const char *dtep_message; /* without place and tag */
	const char *dtep_file;    /* name of the D file; "" when the program was a string */
	const char *dtep_source;  /* the line, without newline; "" when not known */
	const char *dtep_hint;    /* what may help; "" */
	const char *dtep_missing; /* the capability or kernel feature that is missing; "" */
	int dtep_line;            /* from 1; 0 when not known */
	int dtep_column;          /* from 1, in bytes; 0 when not known */
} dtrace_errplace_t;

/*
 * What is known of the handle's last error.  Strings are never NULL and live until the handle's
 * next failure. Returns 0, or -1 (and *place zeroed, strings "") when the last error has no place,
 * tag or missing feature.
 */
DTRACE_EXPORT int dtrace_errplace(dtrace_hdl_t *dtp, dtrace_errplace_t *place);

/* What the compiler made. */

typedef enum {
	DTRACE_DUMP_TREE = 0, /* the typed trees of all programs compiled so far */
	DTRACE_DUMP_CODE /* intermediate and BPF code of the enabled programs: as loaded, or, before
			    go, as it would be */
} dtrace_dump_t;

/* Writes it as text for people: dtrace -S and -x tree.  The text's form may change. */
DTRACE_EXPORT int dtrace_dump(dtrace_hdl_t *dtp, dtrace_dump_t what, FILE *out);

/* Drops.  Kinds that illumos does not have; they reach the drop handler like the others. */
#define DTRACEDROP_LINUX_SCRATCH \
	((dtrace_dropkind_t)16) /* no scratch slot was free: the firing is lost */
#define DTRACEDROP_LINUX_RECURSION \
	((dtrace_dropkind_t)17) /* the kernel skipped a firing: a program was running */
#define DTRACEDROP_LINUX_STRING ((dtrace_dropkind_t)18) /* strings cut at strsize */
#define DTRACEDROP_LINUX_STACK  ((dtrace_dropkind_t)19) /* stacks that could not be read */
#define DTRACEDROP_LINUX_TICK \
	((dtrace_dropkind_t)20) /* profile or tick firings missing against time */

/* All drops of one kind since dtrace_go(); no handler is called. */
DTRACE_EXPORT uint64_t dtrace_drop_total(dtrace_hdl_t *dtp, dtrace_dropkind_t kind);

/* "PRINCIPAL", "AGGREGATION", ...; NULL for an unknown kind. */
DTRACE_EXPORT const char *dtrace_dropkind_name(dtrace_dropkind_t kind);

/* Processes. */

typedef enum {
	DTRACE_PROC_STOPPED = 0, /* created or grabbed, and not continued */
	DTRACE_PROC_RUNNING,
	DTRACE_PROC_EXITED, /* dtrace_proc_status() has its wait status */
	DTRACE_PROC_LOST    /* no longer ours to see */
} dtrace_procstate_t;

DTRACE_EXPORT pid_t dtrace_proc_pid(const struct ps_prochandle *P);
DTRACE_EXPORT dtrace_procstate_t dtrace_proc_state(const struct ps_prochandle *P);

/* The status as waitpid(2) gives it, for an exited child of ours; else -1. */
DTRACE_EXPORT int dtrace_proc_status(const struct ps_prochandle *P);

#ifdef __cplusplus
}
#endif

#endif
