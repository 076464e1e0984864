/* SPDX-License-Identifier: MIT */
/*
 * Additions to illumos' <dtrace.h> that consumers need, those in other languages most of all: types
 * of values, a wait with a timeout, waking a handle from another thread or a signal handler, the
 * place of a compile error, the state of processes, texts of symbols, buckets of distributions and
 * totals of drops.  The general rules of <dtrace.h> apply.
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
	/* no value: size 0, or a variable's id (record 0 of a tuple, PRINTA, LIBACT) */
	DTRACE_VAL_NONE = 0,
	DTRACE_VAL_INT,    /* 1, 2, 4 or 8 bytes, signed if dtvt_signed; pointers are unsigned */
	DTRACE_VAL_STRING, /* text, NUL-terminated within dtvt_size */
	DTRACE_VAL_BYTES,  /* dtvt_size bytes: structures, arrays, tracemem() */
	DTRACE_VAL_STACK,  /* at most dtvt_count u64 kernel addresses; 0 ends the list */
	DTRACE_VAL_USTACK, /* u64 pid, then dtvt_count u64 addresses, then strings (jstack) */
	DTRACE_VAL_SYM,    /* u64 pc: kernel function or variable */
	DTRACE_VAL_MOD,    /* u64 pc: kernel module */
	DTRACE_VAL_USYM,   /* u64 pid, u64 pc: function of a process */
	DTRACE_VAL_UMOD,   /* u64 pid, u64 pc: object of a process */
	DTRACE_VAL_UADDR,  /* u64 pid, u64 pc: address in a process */
	DTRACE_VAL_AGG     /* an aggregation's value, of kind dtrd_action; see dtrace_agg_*() */
} dtrace_valkind_t;

typedef struct dtrace_valtype {
	uint8_t dtvt_kind;   /* DTRACE_VAL_* */
	uint8_t dtvt_signed; /* 1 for a signed integer */
	uint16_t dtvt_pad;
	uint32_t dtvt_size;  /* in bytes, equal to dtrd_size */
	uint32_t dtvt_count; /* number of frames of a stack */
	uint32_t dtvt_pad2;
	/* D's name of the type, such as "int" or "struct timespec"; NULL if unknown */
	const char *dtvt_type;
} dtrace_valtype_t;

/*
 * Gets the type of a record's datum, in chew, chewrec and the buffered handler.  Fails with EINVAL
 * unless `rec` is one of the probe's dtepd_rec.  The type does not depend on the datum: it is the
 * same for all records of one EPID.
 */
DTRACE_EXPORT int dtrace_rec_valtype(dtrace_hdl_t *dtp, const dtrace_probedata_t *data,
				     const dtrace_recdesc_t *rec, dtrace_valtype_t *type);

/* Gets the type of datum `index` of an aggregation's tuple: datum 0 is the variable's id, the last
 * one the value, those between are the keys. */
DTRACE_EXPORT int dtrace_agg_valtype(dtrace_hdl_t *dtp, const dtrace_aggdesc_t *desc, int index,
				     dtrace_valtype_t *type);

/*
 * The time when a record was made, in nanoseconds of CLOCK_MONOTONIC, or 0 if it has none.  Records
 * have a time with the option `temporal` or after dtrace_rec_timestamps(dtp, true), which fails
 * with EDT_ACTIVE after dtrace_go().
 */
DTRACE_EXPORT int dtrace_rec_timestamps(dtrace_hdl_t *dtp, bool on);
DTRACE_EXPORT uint64_t dtrace_rec_timestamp(const dtrace_probedata_t *data,
					    const dtrace_recdesc_t *rec /* NULL in chew */);

/*
 * Writes D's name of a type from dtrace_probe_info() or dtrace_lookup_by_type(), such as "struct
 * task_struct *".  Returns the length of the whole name without its NUL; at most n bytes are
 * written.  Fails with EINVAL if the structure contains no type.
 */
DTRACE_EXPORT int dtrace_type2str(dtrace_hdl_t *dtp, const dtrace_typeinfo_t *type, char *buf,
				  int n);

/*
 * Returns the name that the kernel's declaration gives to an element of a probe's args[], counted
 * from 0, such as "prev"; "" if there is none or it is not known; NULL if there is no such probe.
 */
DTRACE_EXPORT const char *dtrace_arg_name(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pdesc,
					  int index);

/* What the running kernel offers. */

/* A provider, or a feature of the kernel that providers and the language use. */
typedef enum {
	DTRACE_FEATURE_PROVIDER = 1,
	DTRACE_FEATURE_KERNEL,
} dtrace_feature_kind_t;

typedef enum {
	DTRACE_FEATURE_YES = 1,
	DTRACE_FEATURE_PARTLY, /* some of the provider's probes */
	DTRACE_FEATURE_NO,
} dtrace_feature_state_t;

typedef struct dtrace_feature {
	dtrace_feature_kind_t dtf_kind;
	dtrace_feature_state_t dtf_state;
	const char *dtf_name;  /* "fbt"; "uprobe.multi links" */
	const char *dtf_use;   /* what the provider traces, what the feature is needed for */
	const char *dtf_since; /* the version of Linux that brought the feature; "" */
	const char *dtf_lacks; /* what the kernel lacks for the provider, such as "kprobes"; "" */
} dtrace_feature_t;

typedef int dtrace_feature_f(dtrace_hdl_t *dtp, const dtrace_feature_t *feature, void *arg);

/*
 * Calls func for each provider and each feature, until it returns something other than 0, which is
 * then returned.  Each is found out by trying it.  The structure and its strings last as long as
 * the call of func.  Fails with EDT_ACCESS where tracing is not permitted.
 */
DTRACE_EXPORT int dtrace_feature_iter(dtrace_hdl_t *dtp, dtrace_feature_f *func, void *arg);

/* Values of aggregations. */

/*
 * Returns the name of the aggregating function in D, such as "count" or "quantize".  It identifies
 * functions that illumos does not have and that have no DTRACEAGG_ number in <sys/dtrace.h>.
 */
DTRACE_EXPORT const char *dtrace_agg_name(const dtrace_aggdata_t *agg);

/*
 * Gets the number that DTrace prints for a value that is a number (count, sum, min, max, avg,
 * stddev): normalized, with divisions rounded towards zero.  Fails with EINVAL for a distribution.
 */
DTRACE_EXPORT int dtrace_agg_number(const dtrace_aggdata_t *agg, int64_t *value);

/* Returns the number of buckets of a distribution (quantize, lquantize, llquantize), including
 * those below and above the range; 0 for a number. */
DTRACE_EXPORT int dtrace_agg_nbuckets(const dtrace_aggdata_t *agg);

/*
 * Gets a bucket, counted from 0.  It contains the values from low to high, both included; an open
 * end is INT64_MIN or INT64_MAX.  The count is normalized.  Pointers may be NULL.  Fails with
 * EINVAL if there is no such bucket.
 */
DTRACE_EXPORT int dtrace_agg_bucket(const dtrace_aggdata_t *agg, int bucket, int64_t *low,
				    int64_t *high, int64_t *count);

/* Like dtrace_aggregate_snap(), but regardless of aggrate. */
DTRACE_EXPORT int dtrace_aggregate_snap_now(dtrace_hdl_t *dtp);

/* Returns the number of snapshots so far.  A consumer that walks at aggrate compares it with the
 * number at its last walk. */
DTRACE_EXPORT uint64_t dtrace_aggregate_nsnaps(dtrace_hdl_t *dtp);

/* Texts. */

/*
 * Writes the text of a sym, mod, usym, umod or uaddr datum as DTrace prints it, without blanks.
 * Returns the length of the whole text without its NUL; at most n bytes are written.  Fails with
 * EINVAL unless `kind` is one of DTRACE_VAL_SYM to DTRACE_VAL_UADDR.
 */
DTRACE_EXPORT int dtrace_sym2str(dtrace_hdl_t *dtp, dtrace_valkind_t kind, const void *datum,
				 char *buf, int n);

/*
 * Writes the text of a frame, counted from 0, of a stack, ustack or jstack datum, without
 * indentation.  Returns the length of the whole text, or 0 if the stack has no such frame.  Fails
 * with EINVAL if `type` is not a stack.
 */
DTRACE_EXPORT int dtrace_frame2str(dtrace_hdl_t *dtp, const dtrace_valtype_t *type,
				   const void *datum, int frame, char *buf, int n);

/* Waiting and waking. */

/*
 * Like dtrace_sleep(), but for at most timeout_ns nanoseconds.  With -1 it waits as long as
 * dtrace_sleep(), with 0 it only reports changes of processes.  Returns 1 if dtrace_wake() ended
 * the wait, else 0; then call dtrace_work().
 */
DTRACE_EXPORT int dtrace_wait(dtrace_hdl_t *dtp, int64_t timeout_ns);

/*
 * Ends a dtrace_sleep() or dtrace_wait() of the handle, and makes later ones return immediately
 * until dtrace_wake_clear().  This is the only function that may be called from any thread, and
 * from a signal handler, while the handle is open.
 */
DTRACE_EXPORT int dtrace_wake(dtrace_hdl_t *dtp);

/* Undoes earlier calls of dtrace_wake().  Called by the handle's own thread. */
DTRACE_EXPORT int dtrace_wake_clear(dtrace_hdl_t *dtp);

/* Errors. */

/* Numbers that illumos does not have. */
#define EDT_COMPILER_ERROR  1005 /* a program does not compile: see dtrace_errplace() */
#define EDT_PRIVILEGE_ERROR 1062 /* a capability is missing: dtep_missing */
#define EDT_KERNEL_ERROR    1100 /* this kernel lacks a feature: dtep_missing */
#define EDT_VERIFIER_ERROR  1101 /* the kernel's verifier refused generated code */

typedef struct dtrace_errplace {
	const char *dtep_tag;     /* such as "D_IDENT_UNDEF"; "" if the error has none */
	const char *dtep_message; /* without place and tag */
	const char *dtep_file;    /* name of the D file; "" if the program was a string */
	const char *dtep_source;  /* the source line without newline; "" if unknown */
	const char *dtep_hint;    /* what may help, or "" */
	const char *dtep_missing; /* the missing capability or kernel feature, or "" */
	int dtep_line;            /* from 1; 0 if unknown */
	int dtep_column;          /* in bytes, from 1; 0 if unknown */
} dtrace_errplace_t;

/*
 * Gets the details of the handle's last error.  Strings are never NULL and are valid until the
 * handle's next failure.  Returns -1 if the last error has no place, tag, hint or missing feature;
 * all strings are "" then and all numbers 0.
 */
DTRACE_EXPORT int dtrace_errplace(dtrace_hdl_t *dtp, dtrace_errplace_t *place);

/*
 * A program may have more errors than the first, which is the handle's last error: the compiler
 * goes on behind a clause that has one, and leaves out what may be a consequence.  Returns the
 * message of other error I, from 0 on, as dtrace_errmsg() does, and its details in *PLACE, which
 * may be NULL.  NULL: there are no more.
 */
DTRACE_EXPORT const char *dtrace_errother(dtrace_hdl_t *dtp, int i, dtrace_errplace_t *place);

/* The compiler's output. */

typedef enum {
	DTRACE_DUMP_TREE = 0, /* the typed trees of all programs compiled so far */
	/* intermediate and BPF code of the enabled programs as loaded, or, before dtrace_go(), as
	 * it would be loaded */
	DTRACE_DUMP_CODE,
	DTRACE_DUMP_SOURCE, /* the programs as D text again, with macro variables replaced */
	DTRACE_DUMP_RUN     /* after dtrace_go(): what it has made in the kernel */
} dtrace_dump_t;

/* Writes it as readable text, for dtrace -S, -x tree and -x debug.  The format may change. */
DTRACE_EXPORT int dtrace_dump(dtrace_hdl_t *dtp, dtrace_dump_t what, FILE *out);

/*
 * Drops.  Kinds that illumos does not have; they are passed to the drop handler like the others.
 * SCRATCH: a firing was lost because no scratch slot was free.  RECURSION: the kernel skipped a
 * firing because a program was running.  STRING: a string was cut at strsize.  STACK: a stack could
 * not be read.  TICK: a profile or tick probe fired less often than its rate.
 */
#define DTRACEDROP_LINUX_SCRATCH   ((dtrace_dropkind_t)16)
#define DTRACEDROP_LINUX_RECURSION ((dtrace_dropkind_t)17)
#define DTRACEDROP_LINUX_STRING    ((dtrace_dropkind_t)18)
#define DTRACEDROP_LINUX_STACK     ((dtrace_dropkind_t)19)
#define DTRACEDROP_LINUX_TICK      ((dtrace_dropkind_t)20)

/* Returns the number of drops of one kind since dtrace_go(); calls no handler. */
DTRACE_EXPORT uint64_t dtrace_drop_total(dtrace_hdl_t *dtp, dtrace_dropkind_t kind);

/* Returns "PRINCIPAL", "AGGREGATION" and so on, or NULL for an unknown kind. */
DTRACE_EXPORT const char *dtrace_dropkind_name(dtrace_dropkind_t kind);

/*
 * Progress.  The handler is called while dtrace_go() attaches many probes (dtpgd_enabling is 1) and
 * while they are detached (0): first after half a second, then ten times a second, and at the end.
 * Steps are probes or descriptors.  DTRACE_HANDLE_ABORT ends attaching, and dtrace_go() fails with
 * EDT_DIRABORT.  It must not call functions of the handle.
 */
typedef struct dtrace_progressdata {
	dtrace_hdl_t *dtpgd_handle;
	int dtpgd_enabling;
	uint64_t dtpgd_done;
	uint64_t dtpgd_total;
} dtrace_progressdata_t;

typedef int dtrace_handle_progress_f(const dtrace_progressdata_t *data, void *arg);

/* Sets the handler of progress. NULL: none.  It may be replaced. */
DTRACE_EXPORT int dtrace_handle_progress(dtrace_hdl_t *dtp, dtrace_handle_progress_f *func,
					 void *arg);

/*
 * Calls func for each enabled probe that the kernel cannot attach, such as one whose instruction
 * has a LOCK prefix, after dtrace_go().  Such probes are left out and never fire.  Returns 0, or
 * what func returned if that is not 0, which ends the walk.
 */
DTRACE_EXPORT int dtrace_left_out_iter(dtrace_hdl_t *dtp, dtrace_probe_f *func, void *arg);

/* Returns why a D library of the option libdir, number i from 0, was left out, or NULL behind the
 * last.  Libraries are compiled together with the next program. */
DTRACE_EXPORT const char *dtrace_library_error(dtrace_hdl_t *dtp, size_t i);

/* Processes. */

typedef enum {
	DTRACE_PROC_STOPPED = 0, /* created or grabbed, not yet continued */
	DTRACE_PROC_RUNNING,
	DTRACE_PROC_EXITED, /* dtrace_proc_status() returns its wait status */
	DTRACE_PROC_LOST    /* can no longer be observed */
} dtrace_procstate_t;

/* The id and the state of a process. */
DTRACE_EXPORT pid_t dtrace_proc_pid(const struct ps_prochandle *P);
DTRACE_EXPORT dtrace_procstate_t dtrace_proc_state(const struct ps_prochandle *P);

/* Returns the wait status, as of waitpid(2), of a created process that has exited; else -1. */
DTRACE_EXPORT int dtrace_proc_status(const struct ps_prochandle *P);

#ifdef __cplusplus
}
#endif

#endif
