/* SPDX-License-Identifier: MIT */
/*
 * The interface for consumers of DTrace, with illumos' names and meanings.  A consumer opens a
 * handle, compiles D programs, enables them and starts tracing; then it sleeps and works until
 * tracing is done, walks the aggregations and closes the handle.  <dtrace_linux.h> adds what this
 * interface lacks: types of values, waking a handle, the place of a compile error.
 *
 * A handle may be used by one thread at a time.  Handles are independent of each other.  Functions
 * that return int return 0 on success and -1 on failure unless noted otherwise; dtrace_errno() then
 * has the reason.  Strings and structures that the library returns belong to it and are valid until
 * the handle is closed; those passed to a callback are valid until the callback returns.  Times are
 * in nanoseconds.  The library itself prints nothing, installs no signal handlers and waits only
 * for child processes that it created.  Pitfalls of illumos' interface, and what this library does
 * about them, are described in doc/libdtrace.md.
 */
#ifndef _DTRACE_H
#define _DTRACE_H

#include <gelf.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/dtrace.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DTRACE_VERSION 3

struct ps_prochandle;
typedef struct dtrace_hdl dtrace_hdl_t;
typedef struct dtrace_prog dtrace_prog_t;
typedef struct dtrace_vector dtrace_vector_t;
typedef struct dtrace_aggdata dtrace_aggdata_t;

/* Flags of dtrace_open().  NODEV compiles without a kernel and implies DTRACE_C_ZDEFS. */
#define DTRACE_O_NODEV 0x01
#define DTRACE_O_NOSYS 0x02
#define DTRACE_O_LP64  0x04
#define DTRACE_O_ILP32 0x08
#define DTRACE_O_MASK  0x0f

/*
 * Opens a handle; `version` is DTRACE_VERSION.  On failure returns NULL and sets *errp unless errp
 * is NULL: EINVAL for unknown flags, EDT_VERSION or EDT_OVERSION for another version.  Opening
 * needs no privilege.  dtrace_go() does, and names a missing one.
 */
DTRACE_EXPORT dtrace_hdl_t *dtrace_open(int version, int flags, int *errp);

/* Like dtrace_open(), with the kernel replaced by `vector`.  Fails with ENOTSUP on Linux. */
DTRACE_EXPORT dtrace_hdl_t *dtrace_vopen(int version, int flags, int *errp,
					 const dtrace_vector_t *vector, void *arg);

/* Closes the handle and frees everything it owns.  While tracing, probes are detached and END does
 * not fire. */
DTRACE_EXPORT void dtrace_close(dtrace_hdl_t *dtp);

/* Generates, loads and attaches all enabled programs, fires BEGIN and starts tracing.  May be
 * called once per handle; a second call fails with EINVAL. */
DTRACE_EXPORT int dtrace_go(dtrace_hdl_t *dtp);

/* Stops tracing and fires END; the next dtrace_work() delivers what END recorded.  Idempotent.
 * Fails with EINVAL before dtrace_go(). */
DTRACE_EXPORT int dtrace_stop(dtrace_hdl_t *dtp);

/*
 * Waits for the next statusrate, aggrate or switchrate interval, D's exit(), a full ring buffer, a
 * change of a process, dtrace_wake() (dtrace_linux.h) or a signal.  Then calls the process handler
 * for each change.
 */
DTRACE_EXPORT void dtrace_sleep(dtrace_hdl_t *dtp);

/* Reads the kernel's modules and symbols again; names returned earlier become invalid. */
DTRACE_EXPORT void dtrace_update(dtrace_hdl_t *dtp);

/* The handle's last error: an errno, or a number from 1000 on.  Success does not reset it. */
DTRACE_EXPORT int dtrace_errno(dtrace_hdl_t *dtp);

/*
 * Returns the text of an error, never NULL; dtp may be NULL.  For the handle's last error the text
 * is specific: it is the compiler's message, or names the missing capability or kernel feature.
 * The text is valid until the handle's next failure.
 */
DTRACE_EXPORT const char *dtrace_errmsg(dtrace_hdl_t *dtp, int error);

/* The text of a DTRACEFLT_* number; the name of a D subroutine. */
DTRACE_EXPORT const char *dtrace_faultstr(dtrace_hdl_t *dtp, int fault);
DTRACE_EXPORT const char *dtrace_subrstr(dtrace_hdl_t *dtp, int subr);

/*
 * Set and get an option by name.  A val of NULL means "on" for a flag and 0 for a number.  Errors
 * are EDT_BADOPTNAME and EDT_BADOPTVAL.  After dtrace_go() only dynamic options can be set; others
 * fail with EDT_ACTIVE.
 */
DTRACE_EXPORT int dtrace_setopt(dtrace_hdl_t *dtp, const char *opt, const char *val);
DTRACE_EXPORT int dtrace_getopt(dtrace_hdl_t *dtp, const char *opt, dtrace_optval_t *val);

/* Returns a descriptor that polls readable when dtrace_work() is due, or -1 before dtrace_go().  On
 * illumos it is the control descriptor. */
DTRACE_EXPORT int dtrace_ctlfd(dtrace_hdl_t *dtp);

/* Programs. */
#define DTRACE_C_DIFV   0x0001 /* show the generated code */
#define DTRACE_C_EMPTY  0x0002 /* permit an empty program */
#define DTRACE_C_ZDEFS  0x0004 /* permit descriptions that match no probe */
#define DTRACE_C_EATTR  0x0008
#define DTRACE_C_CPP    0x0010 /* run the preprocessor first */
#define DTRACE_C_KNODEF 0x0020
#define DTRACE_C_UNODEF 0x0040
#define DTRACE_C_PSPEC  0x0080 /* treat an ambiguous word as a probe's name */
#define DTRACE_C_ETAGS  0x0100 /* show error tags in messages */
#define DTRACE_C_ARGREF 0x0200 /* macro arguments need not be used */
#define DTRACE_C_DEFARG 0x0800 /* missing macro arguments are 0 or "" */
#define DTRACE_C_NOLIBS 0x1000
#define DTRACE_C_CTL    0x2000
#define DTRACE_C_MASK   0x3bff

/* The part that a description of one word names. */
typedef enum {
	DTRACE_PROBESPEC_NONE = -1,
	DTRACE_PROBESPEC_PROVIDER = 0,
	DTRACE_PROBESPEC_MOD,
	DTRACE_PROBESPEC_FUNC,
	DTRACE_PROBESPEC_NAME
} dtrace_probespec_t;

typedef struct dtrace_proginfo {
	dtrace_attribute_t dpi_descattr;
	dtrace_attribute_t dpi_stmtattr;
	uint_t dpi_aggregates;
	uint_t dpi_recgens;
	uint_t dpi_matches; /* matched probes, summed over the clauses */
	uint_t dpi_speculations;
} dtrace_proginfo_t;

/*
 * Compile a program from a string or a file, which stays open.  argv[0] is $0.  Return NULL on
 * failure; dtrace_errmsg() and dtrace_errplace() then say what and where.  The program belongs to
 * the handle.  No privilege is needed.
 */
DTRACE_EXPORT dtrace_prog_t *dtrace_program_strcompile(dtrace_hdl_t *dtp, const char *src,
						       dtrace_probespec_t spec, uint_t cflags,
						       int argc, char *const argv[]);
DTRACE_EXPORT dtrace_prog_t *dtrace_program_fcompile(dtrace_hdl_t *dtp, FILE *file, uint_t cflags,
						     int argc, char *const argv[]);

/* Enables a program; its probes fire from dtrace_go() on.  `info` may be NULL.  Fails with EBUSY
 * after dtrace_go(). */
DTRACE_EXPORT int dtrace_program_exec(dtrace_hdl_t *dtp, dtrace_prog_t *prog,
				      dtrace_proginfo_t *info);

/* Reports what dtrace_program_exec() would, without enabling the program. */
DTRACE_EXPORT void dtrace_program_info(dtrace_hdl_t *dtp, dtrace_prog_t *prog,
				       dtrace_proginfo_t *info);

/* Statically defined probes: what dtrace -h and dtrace -G do. */
#define DTRACE_D_STRIP  0x01
#define DTRACE_D_PROBES 0x02
#define DTRACE_D_MASK   0x03
DTRACE_EXPORT int dtrace_program_link(dtrace_hdl_t *dtp, dtrace_prog_t *prog, uint_t dflags,
				      const char *file, int objc, char *const objv[]);
DTRACE_EXPORT int dtrace_program_header(dtrace_hdl_t *dtp, FILE *out, const char *fname);

/* DOF does not exist on Linux; these fail with ENOTSUP. */
DTRACE_EXPORT void *dtrace_dof_create(dtrace_hdl_t *dtp, dtrace_prog_t *prog, uint_t flags);
DTRACE_EXPORT void dtrace_dof_destroy(dtrace_hdl_t *dtp, void *dof);
DTRACE_EXPORT void *dtrace_getopt_dof(dtrace_hdl_t *dtp);
DTRACE_EXPORT void *dtrace_geterr_dof(dtrace_hdl_t *dtp);

/* Statements of a program. */
typedef struct dtrace_stmtdesc {
	dtrace_ecbdesc_t *dtsd_ecbdesc; /* the same for all statements of one clause */
	dtrace_actdesc_t *dtsd_action;
	dtrace_actdesc_t *dtsd_action_last;
	void *dtsd_aggdata;
	void *dtsd_fmtdata;
	void *dtsd_strdata;
	void (*dtsd_callback)(void);
	void *dtsd_data;
	dtrace_attribute_t dtsd_descattr;
	dtrace_attribute_t dtsd_stmtattr;
} dtrace_stmtdesc_t;

typedef int dtrace_stmt_f(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt,
			  void *arg);

/* Calls func for each statement until it returns a value other than 0, and returns that value. */
DTRACE_EXPORT int dtrace_stmt_iter(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmt_f *func,
				   void *arg);

/* Programs cannot be built from statements on Linux; these fail with ENOTSUP. */
DTRACE_EXPORT dtrace_stmtdesc_t *dtrace_stmt_create(dtrace_hdl_t *dtp, dtrace_ecbdesc_t *ecb);
DTRACE_EXPORT dtrace_actdesc_t *dtrace_stmt_action(dtrace_hdl_t *dtp, dtrace_stmtdesc_t *stmt);
DTRACE_EXPORT int dtrace_stmt_add(dtrace_hdl_t *dtp, dtrace_prog_t *prog, dtrace_stmtdesc_t *stmt);
DTRACE_EXPORT void dtrace_stmt_destroy(dtrace_hdl_t *dtp, dtrace_stmtdesc_t *stmt);

/* Consuming records. */
typedef enum { DTRACEFLOW_ENTRY = 0, DTRACEFLOW_RETURN, DTRACEFLOW_NONE } dtrace_flowkind_t;

#define DTRACE_CONSUME_ERROR (-1)
#define DTRACE_CONSUME_THIS  0 /* the library prints this record */
#define DTRACE_CONSUME_NEXT  1 /* the library does not print this record */
#define DTRACE_CONSUME_ABORT 2 /* dtrace_work() fails with EDT_DIRABORT */

typedef struct dtrace_probedata {
	dtrace_hdl_t *dtpda_handle;
	dtrace_eprobedesc_t *dtpda_edesc;
	dtrace_probedesc_t *dtpda_pdesc;
	processorid_t dtpda_cpu;
	caddr_t dtpda_data; /* in chew: the dtrace_rechdr_t; in chewrec: the record's datum */
	dtrace_flowkind_t dtpda_flow;
	const char *dtpda_prefix;
	int dtpda_indent;
} dtrace_probedata_t;

typedef int dtrace_consume_probe_f(const dtrace_probedata_t *data, void *arg);
typedef int dtrace_consume_rec_f(const dtrace_probedata_t *data, const dtrace_recdesc_t *rec,
				 void *arg);

/*
 * Reads the ring buffers.  Calls `probef` once per firing and `recf` once per datum, and once more
 * with a rec of NULL.  Text is written to `fp`, or passed to the buffered handler if fp is NULL.
 * Does nothing and returns 0 until switchrate has passed.
 */
DTRACE_EXPORT int dtrace_consume(dtrace_hdl_t *dtp, FILE *fp, dtrace_consume_probe_f *probef,
				 dtrace_consume_rec_f *recf, void *arg);

#define DTRACE_STATUS_NONE    0
#define DTRACE_STATUS_OKAY    1
#define DTRACE_STATUS_EXITED  2 /* exit() ran; END has fired */
#define DTRACE_STATUS_FILLED  3
#define DTRACE_STATUS_STOPPED 4

/* Returns DTRACE_STATUS_*, or -1. */
DTRACE_EXPORT int dtrace_status(dtrace_hdl_t *dtp);

typedef enum {
	DTRACE_WORKSTATUS_ERROR = -1,
	DTRACE_WORKSTATUS_OKAY = 0,
	DTRACE_WORKSTATUS_DONE = 1
} dtrace_workstatus_t;

/* Checks the status, reads the aggregations and consumes records, each if it is due.  Returns DONE
 * when tracing has stopped and everything is consumed. */
DTRACE_EXPORT dtrace_workstatus_t dtrace_work(dtrace_hdl_t *dtp, FILE *fp,
					      dtrace_consume_probe_f *probef,
					      dtrace_consume_rec_f *recf, void *arg);

/* Handlers, set before dtrace_go().  A second call fails with EALREADY, except for setopt's. */
#define DTRACE_HANDLE_ABORT (-1)
#define DTRACE_HANDLE_OK    0

typedef struct dtrace_errdata {
	dtrace_hdl_t *dteda_handle;
	dtrace_eprobedesc_t *dteda_edesc;
	dtrace_probedesc_t *dteda_pdesc;
	processorid_t dteda_cpu;
	int dteda_action; /* counted from 1; 0 is the predicate, -1 the library */
	int dteda_offset; /* offset in the generated code, or -1 */
	int dteda_fault;  /* DTRACEFLT_* */
	uint64_t dteda_addr;
	const char *dteda_msg; /* ends with a newline */
} dtrace_errdata_t;

typedef enum {
	DTRACEDROP_PRINCIPAL = 0,
	DTRACEDROP_AGGREGATION,
	DTRACEDROP_DYNAMIC,
	DTRACEDROP_DYNRINSE,
	DTRACEDROP_DYNDIRTY,
	DTRACEDROP_SPEC,
	DTRACEDROP_SPECBUSY,
	DTRACEDROP_SPECUNAVAIL,
	DTRACEDROP_STKSTROVERFLOW,
	DTRACEDROP_DBLERROR
	/* dtrace_linux.h: further kinds, DTRACEDROP_LINUX_* */
} dtrace_dropkind_t;

typedef struct dtrace_dropdata {
	dtrace_hdl_t *dtdda_handle;
	processorid_t dtdda_cpu; /* -1 if not of a single CPU */
	dtrace_dropkind_t dtdda_kind;
	uint64_t dtdda_drops;  /* since the last call */
	uint64_t dtdda_total;  /* since dtrace_go(), if known */
	const char *dtdda_msg; /* ends with a newline */
} dtrace_dropdata_t;

typedef struct dtrace_setoptdata {
	dtrace_hdl_t *dtsda_handle;
	const dtrace_probedata_t *dtsda_probe;
	const char *dtsda_option;
	dtrace_optval_t dtsda_oldval;
	dtrace_optval_t dtsda_newval;
} dtrace_setoptdata_t;

#define DTRACE_BUFDATA_AGGKEY    0x0001
#define DTRACE_BUFDATA_AGGVAL    0x0002
#define DTRACE_BUFDATA_AGGFORMAT 0x0004
#define DTRACE_BUFDATA_AGGLAST   0x0008

typedef struct dtrace_bufdata {
	dtrace_hdl_t *dtbda_handle;
	const char *dtbda_buffered;      /* the text */
	dtrace_probedata_t *dtbda_probe; /* NULL for output of aggregations */
	const dtrace_recdesc_t *dtbda_recdesc;
	const dtrace_aggdata_t *dtbda_aggdata;
	uint32_t dtbda_flags; /* DTRACE_BUFDATA_* */
} dtrace_bufdata_t;

typedef int dtrace_handle_err_f(const dtrace_errdata_t *err, void *arg);
typedef int dtrace_handle_drop_f(const dtrace_dropdata_t *drop, void *arg);
typedef void dtrace_handle_proc_f(struct ps_prochandle *P, const char *msg, void *arg);
typedef int dtrace_handle_setopt_f(const dtrace_setoptdata_t *opt, void *arg);
typedef int dtrace_handle_buffered_f(const dtrace_bufdata_t *buf, void *arg);

/* Set the handlers of run-time errors, drops, processes, setopt() and buffered output. */
DTRACE_EXPORT int dtrace_handle_err(dtrace_hdl_t *dtp, dtrace_handle_err_f *func, void *arg);
DTRACE_EXPORT int dtrace_handle_drop(dtrace_hdl_t *dtp, dtrace_handle_drop_f *func, void *arg);
DTRACE_EXPORT int dtrace_handle_proc(dtrace_hdl_t *dtp, dtrace_handle_proc_f *func, void *arg);
DTRACE_EXPORT int dtrace_handle_setopt(dtrace_hdl_t *dtp, dtrace_handle_setopt_f *func, void *arg);
DTRACE_EXPORT int dtrace_handle_buffered(dtrace_hdl_t *dtp, dtrace_handle_buffered_f *func,
					 void *arg);

/* Aggregations. */
#define DTRACE_A_PERCPU       0x0001
#define DTRACE_A_KEEPDELTA    0x0002
#define DTRACE_A_ANONYMOUS    0x0004
#define DTRACE_A_TOTAL        0x0008
#define DTRACE_A_MINMAXBIN    0x0010
#define DTRACE_A_HASNEGATIVES 0x0020
#define DTRACE_A_HASPOSITIVES 0x0040

#define DTRACE_AGGZOOM_MAX 0.95

struct dtrace_aggdata {
	dtrace_hdl_t *dtada_handle;
	dtrace_aggdesc_t *dtada_desc;
	dtrace_eprobedesc_t *dtada_edesc;
	dtrace_probedesc_t *dtada_pdesc;
	caddr_t dtada_data;    /* the tuple; datum i is at dtagd_rec[i].dtrd_offset */
	uint64_t dtada_normal; /* divisor of normalize(), else 1; not applied to dtada_data */
	size_t dtada_size;
	caddr_t dtada_delta;
	caddr_t *dtada_percpu; /* with the option aggpercpu: the value of each CPU */
	caddr_t *dtada_percpu_delta;
	int64_t dtada_total;
	uint16_t dtada_minbin;
	uint16_t dtada_maxbin;
	uint32_t dtada_flags;
};

/* Results of a walk's callback. */
#define DTRACE_AGGWALK_ERROR       (-1)
#define DTRACE_AGGWALK_NEXT        0
#define DTRACE_AGGWALK_ABORT       1
#define DTRACE_AGGWALK_CLEAR       2 /* set the value to zero, keep the key */
#define DTRACE_AGGWALK_NORMALIZE   3 /* use the dtada_normal that the callback wrote */
#define DTRACE_AGGWALK_DENORMALIZE 4
#define DTRACE_AGGWALK_REMOVE      5 /* remove the entry; later data starts a new one */

typedef int dtrace_aggregate_f(const dtrace_aggdata_t *agg, void *arg);
typedef int dtrace_aggregate_walk_f(dtrace_hdl_t *dtp, dtrace_aggregate_f *func, void *arg);
typedef int dtrace_aggregate_walk_joined_f(const dtrace_aggdata_t **aggs, const int n, void *arg);

/* Reads the kernel's aggregations and adds them to the totals that the walks show.  Does nothing
 * and returns 0 until aggrate has passed. */
DTRACE_EXPORT int dtrace_aggregate_snap(dtrace_hdl_t *dtp);

/* Sets every value to zero; keys are kept. */
DTRACE_EXPORT void dtrace_aggregate_clear(dtrace_hdl_t *dtp);

/* Walk the totals: newest first, by the aggsort options, by key, by value, and so on. */
DTRACE_EXPORT int dtrace_aggregate_walk(dtrace_hdl_t *dtp, dtrace_aggregate_f *func, void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_sorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
					       void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_keysorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
						  void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_valsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
						  void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_keyvarsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
						     void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_valvarsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
						     void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_keyrevsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
						     void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_valrevsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
						     void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_keyvarrevsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
							void *arg);
DTRACE_EXPORT int dtrace_aggregate_walk_valvarrevsorted(dtrace_hdl_t *dtp, dtrace_aggregate_f *func,
							void *arg);

/* Walks the entries of n variables, joined by key.  func gets n + 1 entries; the first one has the
 * key. */
DTRACE_EXPORT int dtrace_aggregate_walk_joined(dtrace_hdl_t *dtp, dtrace_aggvarid_t *ids, int n,
					       dtrace_aggregate_walk_joined_f *func, void *arg);

/* Prints the aggregations that no printa() has printed.  A walk of NULL means
 * dtrace_aggregate_walk_sorted. */
DTRACE_EXPORT int dtrace_aggregate_print(dtrace_hdl_t *dtp, FILE *fp,
					 dtrace_aggregate_walk_f *walk);

/* Processes.  A created process is stopped until dtrace_proc_continue().  Releasing kills a created
 * process and lets a grabbed one continue. */
DTRACE_EXPORT struct ps_prochandle *dtrace_proc_create(dtrace_hdl_t *dtp, const char *file,
						       char *const *argv);
DTRACE_EXPORT struct ps_prochandle *dtrace_proc_grab(dtrace_hdl_t *dtp, pid_t pid, int flags);
DTRACE_EXPORT void dtrace_proc_release(dtrace_hdl_t *dtp, struct ps_prochandle *P);
DTRACE_EXPORT void dtrace_proc_continue(dtrace_hdl_t *dtp, struct ps_prochandle *P);

/* Objects, symbols, types. */
#define DTRACE_OBJ_EXEC  ((const char *)0L)
#define DTRACE_OBJ_RTLD  ((const char *)1L)
#define DTRACE_OBJ_CDEFS ((const char *)2L)
#define DTRACE_OBJ_DDEFS ((const char *)3L)
#define DTRACE_OBJ_EVERY ((const char *)-1L)
#define DTRACE_OBJ_KMODS ((const char *)-2L)
#define DTRACE_OBJ_UMODS ((const char *)-3L)

#define DTRACE_OBJ_F_KERNEL  0x1
#define DTRACE_OBJ_F_PRIMARY 0x2

typedef struct dtrace_objinfo {
	const char *dto_name;
	const char *dto_file;
	int dto_id;
	uint_t dto_flags;
	GElf_Addr dto_text_va;
	GElf_Xword dto_text_size;
	GElf_Addr dto_data_va;
	GElf_Xword dto_data_size;
	GElf_Addr dto_bss_va;
	GElf_Xword dto_bss_size;
} dtrace_objinfo_t;

typedef int dtrace_obj_f(dtrace_hdl_t *dtp, const dtrace_objinfo_t *obj, void *arg);

/* Objects are the kernel, "vmlinux", and its modules.  dtrace_object_iter() calls func for each of
 * them until it returns a value other than 0, and returns that value. */
DTRACE_EXPORT int dtrace_object_iter(dtrace_hdl_t *dtp, dtrace_obj_f *func, void *arg);
DTRACE_EXPORT int dtrace_object_info(dtrace_hdl_t *dtp, const char *object, dtrace_objinfo_t *info);

typedef struct dtrace_syminfo {
	const char *dts_object;
	const char *dts_name;
	ulong_t dts_id;
} dtrace_syminfo_t;

/* Look up a kernel symbol.  sym or info may be NULL.  Errors are EDT_NOSYM, EDT_NOMOD and
 * EDT_NOSYMADDR. */
DTRACE_EXPORT int dtrace_lookup_by_name(dtrace_hdl_t *dtp, const char *object, const char *name,
					GElf_Sym *sym, dtrace_syminfo_t *info);
DTRACE_EXPORT int dtrace_lookup_by_addr(dtrace_hdl_t *dtp, GElf_Addr addr, GElf_Sym *sym,
					dtrace_syminfo_t *info);

typedef struct dtrace_typeinfo {
	const char *dtt_object;
	ctf_file_t *dtt_ctfp;
	ctf_id_t dtt_type;
	uint_t dtt_flags;
} dtrace_typeinfo_t;

#define DTT_FL_USER 0x1

/* Get a type by its name in an object or in all (DTRACE_OBJ_EVERY), the type of a symbol, or a type
 * written in C.  Errors are EDT_NOTYPE, and EDT_NOCTF if the kernel has no BTF. */
DTRACE_EXPORT int dtrace_lookup_by_type(dtrace_hdl_t *dtp, const char *object, const char *name,
					dtrace_typeinfo_t *type);
DTRACE_EXPORT int dtrace_symbol_type(dtrace_hdl_t *dtp, const GElf_Sym *sym,
				     const dtrace_syminfo_t *info, dtrace_typeinfo_t *type);
DTRACE_EXPORT int dtrace_type_strcompile(dtrace_hdl_t *dtp, const char *text,
					 dtrace_typeinfo_t *type);
DTRACE_EXPORT int dtrace_type_fcompile(dtrace_hdl_t *dtp, FILE *file, dtrace_typeinfo_t *type);

/* The symbol at a kernel or user address, as text.  Return the length of the whole text without its
 * NUL; at most n bytes are written. */
DTRACE_EXPORT int dtrace_addr2str(dtrace_hdl_t *dtp, uint64_t addr, char *buf, int n);
DTRACE_EXPORT int dtrace_uaddr2str(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr, char *buf, int n);

/* Probes. */
typedef struct dtrace_probeinfo {
	dtrace_attribute_t dtp_attr;
	dtrace_attribute_t dtp_arga;
	const dtrace_typeinfo_t *dtp_argv;
	int dtp_argc;
} dtrace_probeinfo_t;

typedef int dtrace_probe_f(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pdesc, void *arg);

/* Calls func for each probe that matches the pattern, or for all if it is NULL, until func returns
 * a value other than 0, and returns that value. */
DTRACE_EXPORT int dtrace_probe_iter(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pattern,
				    dtrace_probe_f *func, void *arg);

/* Gets the stability and the argument types of the first probe that matches. */
DTRACE_EXPORT int dtrace_probe_info(dtrace_hdl_t *dtp, const dtrace_probedesc_t *pdesc,
				    dtrace_probeinfo_t *info);

#define DTRACE_DESC2STR_MAX 1024
#define DTRACE_ATTR2STR_MAX 64

/* Convert a text or a probe's id to a description, and a description to a text.  dtrace_xstr2desc()
 * replaces macro arguments. */
DTRACE_EXPORT int dtrace_str2desc(dtrace_hdl_t *dtp, dtrace_probespec_t spec, const char *text,
				  dtrace_probedesc_t *pdesc);
DTRACE_EXPORT int dtrace_xstr2desc(dtrace_hdl_t *dtp, dtrace_probespec_t spec, const char *text,
				   int argc, char *const argv[], dtrace_probedesc_t *pdesc);
DTRACE_EXPORT int dtrace_id2desc(dtrace_hdl_t *dtp, dtrace_id_t id, dtrace_probedesc_t *pdesc);
DTRACE_EXPORT char *dtrace_desc2str(const dtrace_probedesc_t *pdesc, char *buf, size_t len);

/* Convert attributes to texts such as "Stable/Stable/Common", and back; name their parts. */
DTRACE_EXPORT char *dtrace_attr2str(dtrace_attribute_t attr, char *buf, size_t len);
DTRACE_EXPORT int dtrace_str2attr(const char *text, dtrace_attribute_t *attr);
DTRACE_EXPORT const char *dtrace_stability_name(dtrace_stability_t stability);
DTRACE_EXPORT const char *dtrace_class_name(dtrace_class_t cls);

/* Stores the names of at most nmods providers and returns the number of all. */
DTRACE_EXPORT int dtrace_provider_modules(dtrace_hdl_t *dtp, const char **mods, int nmods);

/* Compile a format of printf() or printa(), which belongs to the handle, and write its text. */
DTRACE_EXPORT void *dtrace_printf_create(dtrace_hdl_t *dtp, const char *fmt);
DTRACE_EXPORT void *dtrace_printa_create(dtrace_hdl_t *dtp, const char *fmt);
DTRACE_EXPORT size_t dtrace_printf_format(dtrace_hdl_t *dtp, void *fmt, char *buf, size_t len);

/* Carry out printf(), printa(), system() and freopen() with records and a compiled format.  Return
 * the number of records used, or -1. */
DTRACE_EXPORT int dtrace_fprintf(dtrace_hdl_t *dtp, FILE *fp, void *fmt,
				 const dtrace_probedata_t *data, const dtrace_recdesc_t *recs,
				 uint_t nrecs, const void *buf, size_t len);
DTRACE_EXPORT int dtrace_fprinta(dtrace_hdl_t *dtp, FILE *fp, void *fmt,
				 const dtrace_probedata_t *data, const dtrace_recdesc_t *recs,
				 uint_t nrecs, const void *buf, size_t len);
DTRACE_EXPORT int dtrace_system(dtrace_hdl_t *dtp, FILE *fp, void *fmt,
				const dtrace_probedata_t *data, const dtrace_recdesc_t *recs,
				uint_t nrecs, const void *buf, size_t len);
DTRACE_EXPORT int dtrace_freopen(dtrace_hdl_t *dtp, FILE *fp, void *fmt,
				 const dtrace_probedata_t *data, const dtrace_recdesc_t *recs,
				 uint_t nrecs, const void *buf, size_t len);

/* Prints the bytes at addr as a value of a type, and returns the number of bytes used. */
DTRACE_EXPORT int dtrace_print(dtrace_hdl_t *dtp, FILE *fp, const char *type, caddr_t addr,
			       size_t len);

struct dtrace_vector {
	int (*dtv_ioctl)(void *arg, int request, void *data);
	int (*dtv_lookup_by_addr)(void *arg, GElf_Addr addr, GElf_Sym *sym, dtrace_syminfo_t *info);
	int (*dtv_status)(void *arg, processorid_t cpu);
	long (*dtv_sysconf)(void *arg, int name);
};

/* The version of D as text. */
DTRACE_EXPORT extern const char *const _dtrace_version;

/* Whether the library reports on itself; set by DTRACE_DEBUG in the environment. */
DTRACE_EXPORT extern int _dtrace_debug;

#ifdef __cplusplus
}
#endif

#endif
