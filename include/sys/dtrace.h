/* SPDX-License-Identifier: MIT */
/*
 * Definitions that DTrace and its consumers share: identifiers, descriptions of probes, records and
 * aggregations, kinds of actions, faults, option numbers, stability.  Names, LP64 layouts and
 * values are those of illumos, so that a consumer written for illumos compiles and works.
 * <dtrace.h> includes this file; <dtrace_linux.h> has the definitions that illumos lacks.
 */
#ifndef _SYS_DTRACE_H
#define _SYS_DTRACE_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is built with hidden visibility; the functions of its interface are marked. */
#define DTRACE_EXPORT __attribute__((visibility("default")))

/* Types of illumos that clients expect from this header. */
typedef unsigned char uchar_t;
typedef unsigned short ushort_t;
typedef unsigned int uint_t;
typedef unsigned long ulong_t;
typedef long long longlong_t;
typedef unsigned long long u_longlong_t;
typedef char *caddr_t; /* the C library does not define it in strict C */
typedef int processorid_t;
typedef int zoneid_t;
typedef int64_t hrtime_t; /* nanoseconds */
typedef long ctf_id_t;
typedef struct ctf_file ctf_file_t;
typedef enum { B_FALSE = 0, B_TRUE = 1 } boolean_t;

#ifndef NBBY
#define NBBY 8
#endif
#ifndef PATH_MAX
#define PATH_MAX 4096
#endif
#ifndef _SC_CPUID_MAX
#define _SC_CPUID_MAX _SC_NPROCESSORS_CONF
#endif
#ifndef _SC_NPROCESSORS_MAX
#define _SC_NPROCESSORS_MAX _SC_NPROCESSORS_CONF
#endif

#define DTRACE_CPUALL (-1)

/* Lengths, including the NUL. */
#define DTRACE_PROVNAMELEN 64
#define DTRACE_MODNAMELEN  64
#define DTRACE_FUNCNAMELEN 192
#define DTRACE_NAMELEN     64
#define DTRACE_FULLNAMELEN 388 /* the four parts and their separators */
#define DTRACE_ARGTYPELEN  128

#define DTRACE_IDNONE       0
#define DTRACE_EPIDNONE     0
#define DTRACE_AGGIDNONE    0
#define DTRACE_AGGVARIDNONE 0
#define DTRACE_CACHEIDNONE  0
#define DTRACE_PROVNONE     0
#define DTRACE_METAPROVNONE 0
#define DTRACE_ARGNONE      (-1)

typedef uint32_t dtrace_id_t;       /* probe */
typedef uint32_t dtrace_epid_t;     /* enabled probe: one (probe, clause) pair */
typedef uint32_t dtrace_aggid_t;    /* one aggregating statement on one enabled probe */
typedef int64_t dtrace_aggvarid_t;  /* aggregation variable */
typedef uint32_t dtrace_cacheid_t;  /* predicate cache */
typedef uint16_t dtrace_actkind_t;  /* DTRACEACT_* or DTRACEAGG_* */
typedef int64_t dtrace_optval_t;    /* value of an option, or DTRACEOPT_UNSET */
typedef uint8_t dtrace_stability_t; /* DTRACE_STABILITY_* */
typedef uint8_t dtrace_class_t;     /* DTRACE_CLASS_* */
typedef uintptr_t dtrace_provider_id_t;

typedef struct dtrace_difo dtrace_difo_t;
typedef struct dtrace_predicate dtrace_predicate_t;

/* Actions: the class in the high byte, the action in the low one. */
#define DTRACEACT_NONE             0
#define DTRACEACT_DIFEXPR          1
#define DTRACEACT_EXIT             2
#define DTRACEACT_PRINTF           3
#define DTRACEACT_PRINTA           4
#define DTRACEACT_LIBACT           5
#define DTRACEACT_TRACEMEM         6
#define DTRACEACT_TRACEMEM_DYNSIZE 7

#define DTRACEACT_PROC   0x0100
#define DTRACEACT_USTACK (DTRACEACT_PROC + 1)
#define DTRACEACT_JSTACK (DTRACEACT_PROC + 2)
#define DTRACEACT_USYM   (DTRACEACT_PROC + 3)
#define DTRACEACT_UMOD   (DTRACEACT_PROC + 4)
#define DTRACEACT_UADDR  (DTRACEACT_PROC + 5)

#define DTRACEACT_PROC_DESTRUCTIVE 0x0200
#define DTRACEACT_STOP             (DTRACEACT_PROC_DESTRUCTIVE + 1)
#define DTRACEACT_RAISE            (DTRACEACT_PROC_DESTRUCTIVE + 2)
#define DTRACEACT_SYSTEM           (DTRACEACT_PROC_DESTRUCTIVE + 3)
#define DTRACEACT_FREOPEN          (DTRACEACT_PROC_DESTRUCTIVE + 4)

#define DTRACEACT_PROC_CONTROL 0x0300

#define DTRACEACT_KERNEL 0x0400
#define DTRACEACT_STACK  (DTRACEACT_KERNEL + 1)
#define DTRACEACT_SYM    (DTRACEACT_KERNEL + 2)
#define DTRACEACT_MOD    (DTRACEACT_KERNEL + 3)

#define DTRACEACT_KERNEL_DESTRUCTIVE 0x0500
#define DTRACEACT_BREAKPOINT         (DTRACEACT_KERNEL_DESTRUCTIVE + 1)
#define DTRACEACT_PANIC              (DTRACEACT_KERNEL_DESTRUCTIVE + 2)
#define DTRACEACT_CHILL              (DTRACEACT_KERNEL_DESTRUCTIVE + 3)

#define DTRACEACT_SPECULATIVE 0x0600
#define DTRACEACT_SPECULATE   (DTRACEACT_SPECULATIVE + 1)
#define DTRACEACT_COMMIT      (DTRACEACT_SPECULATIVE + 2)
#define DTRACEACT_DISCARD     (DTRACEACT_SPECULATIVE + 3)

#define DTRACEACT_AGGREGATION 0x0700
#define DTRACEAGG_COUNT       (DTRACEACT_AGGREGATION + 1)
#define DTRACEAGG_MIN         (DTRACEACT_AGGREGATION + 2)
#define DTRACEAGG_MAX         (DTRACEACT_AGGREGATION + 3)
#define DTRACEAGG_AVG         (DTRACEACT_AGGREGATION + 4)
#define DTRACEAGG_SUM         (DTRACEACT_AGGREGATION + 5)
#define DTRACEAGG_STDDEV      (DTRACEACT_AGGREGATION + 6)
#define DTRACEAGG_QUANTIZE    (DTRACEACT_AGGREGATION + 7)
#define DTRACEAGG_LQUANTIZE   (DTRACEACT_AGGREGATION + 8)
#define DTRACEAGG_LLQUANTIZE  (DTRACEACT_AGGREGATION + 9)

#define DTRACEACT_CLASS(kind) ((kind)&0xff00)
#define DTRACEACT_ISAGG(kind) (DTRACEACT_CLASS(kind) == DTRACEACT_AGGREGATION)
#define DTRACEACT_ISDESTRUCTIVE(kind)                           \
	(DTRACEACT_CLASS(kind) == DTRACEACT_PROC_DESTRUCTIVE || \
	 DTRACEACT_CLASS(kind) == DTRACEACT_KERNEL_DESTRUCTIVE)
#define DTRACEACT_ISSPECULATIVE(kind) (DTRACEACT_CLASS(kind) == DTRACEACT_SPECULATIVE)
#define DTRACEACT_ISPRINTFLIKE(kind)                                                               \
	((kind) == DTRACEACT_PRINTF || (kind) == DTRACEACT_PRINTA || (kind) == DTRACEACT_SYSTEM || \
	 (kind) == DTRACEACT_FREOPEN)

/* The 127 buckets of quantize() are labelled -2^62 to -1 below the zero bucket, 1 to 2^62 above. */
#define DTRACE_QUANTIZE_NBUCKETS   127
#define DTRACE_QUANTIZE_ZEROBUCKET 63
#define DTRACE_QUANTIZE_BUCKETVAL(bucket)                                                 \
	((int64_t)((bucket) < DTRACE_QUANTIZE_ZEROBUCKET                                  \
			   ? -(INT64_C(1) << (DTRACE_QUANTIZE_ZEROBUCKET - 1 - (bucket))) \
			   : ((bucket) == DTRACE_QUANTIZE_ZEROBUCKET                      \
				      ? 0                                                 \
				      : INT64_C(1) << ((bucket)-DTRACE_QUANTIZE_ZEROBUCKET - 1))))

/* The parameters of lquantize() and llquantize(), packed into the first word of their values. */
#define DTRACE_LQUANTIZE_STEPSHIFT  48
#define DTRACE_LQUANTIZE_STEPMASK   (UINT64_C(0xffff) << DTRACE_LQUANTIZE_STEPSHIFT)
#define DTRACE_LQUANTIZE_LEVELSHIFT 32
#define DTRACE_LQUANTIZE_LEVELMASK  (UINT64_C(0xffff) << DTRACE_LQUANTIZE_LEVELSHIFT)
#define DTRACE_LQUANTIZE_BASESHIFT  0
#define DTRACE_LQUANTIZE_BASEMASK   UINT64_C(0xffffffff)
#define DTRACE_LQUANTIZE_STEP(word) \
	((uint16_t)(((word)&DTRACE_LQUANTIZE_STEPMASK) >> DTRACE_LQUANTIZE_STEPSHIFT))
#define DTRACE_LQUANTIZE_LEVELS(word) \
	((uint16_t)(((word)&DTRACE_LQUANTIZE_LEVELMASK) >> DTRACE_LQUANTIZE_LEVELSHIFT))
#define DTRACE_LQUANTIZE_BASE(word) \
	((int32_t)(((word)&DTRACE_LQUANTIZE_BASEMASK) >> DTRACE_LQUANTIZE_BASESHIFT))

#define DTRACE_LLQUANTIZE_FACTORSHIFT 48
#define DTRACE_LLQUANTIZE_FACTORMASK  (UINT64_C(0xffff) << DTRACE_LLQUANTIZE_FACTORSHIFT)
#define DTRACE_LLQUANTIZE_LOWSHIFT    32
#define DTRACE_LLQUANTIZE_LOWMASK     (UINT64_C(0xffff) << DTRACE_LLQUANTIZE_LOWSHIFT)
#define DTRACE_LLQUANTIZE_HIGHSHIFT   16
#define DTRACE_LLQUANTIZE_HIGHMASK    (UINT64_C(0xffff) << DTRACE_LLQUANTIZE_HIGHSHIFT)
#define DTRACE_LLQUANTIZE_NSTEPSHIFT  0
#define DTRACE_LLQUANTIZE_NSTEPMASK   UINT64_C(0xffff)
#define DTRACE_LLQUANTIZE_FACTOR(word) \
	((uint16_t)(((word)&DTRACE_LLQUANTIZE_FACTORMASK) >> DTRACE_LLQUANTIZE_FACTORSHIFT))
#define DTRACE_LLQUANTIZE_LOW(word) \
	((uint16_t)(((word)&DTRACE_LLQUANTIZE_LOWMASK) >> DTRACE_LLQUANTIZE_LOWSHIFT))
#define DTRACE_LLQUANTIZE_HIGH(word) \
	((uint16_t)(((word)&DTRACE_LLQUANTIZE_HIGHMASK) >> DTRACE_LLQUANTIZE_HIGHSHIFT))
#define DTRACE_LLQUANTIZE_NSTEP(word) \
	((uint16_t)(((word)&DTRACE_LLQUANTIZE_NSTEPMASK) >> DTRACE_LLQUANTIZE_NSTEPSHIFT))

/* dtrd_arg of ustack() and jstack(): the number of frames in the low half, the size of the strings
 * in the high half. */
#define DTRACE_USTACK_NFRAMES(x)           ((uint32_t)((x)&UINT32_MAX))
#define DTRACE_USTACK_STRSIZE(x)           ((uint32_t)((uint64_t)(x) >> 32))
#define DTRACE_USTACK_ARG(frames, strsize) (((uint64_t)(strsize) << 32) | ((frames)&UINT32_MAX))

/* Faults, the values of dteda_fault. */
#define DTRACEFLT_UNKNOWN   0
#define DTRACEFLT_BADADDR   1
#define DTRACEFLT_BADALIGN  2
#define DTRACEFLT_ILLOP     3
#define DTRACEFLT_DIVZERO   4
#define DTRACEFLT_NOSCRATCH 5
#define DTRACEFLT_KPRIV     6
#define DTRACEFLT_UPRIV     7
#define DTRACEFLT_TUPOFLOW  8
#define DTRACEFLT_BADSTACK  9
#define DTRACEFLT_LIBRARY   1000

/* Option numbers; dtrace_setopt() takes names. */
#define DTRACEOPT_BUFSIZE       0
#define DTRACEOPT_BUFPOLICY     1
#define DTRACEOPT_DYNVARSIZE    2
#define DTRACEOPT_AGGSIZE       3
#define DTRACEOPT_SPECSIZE      4
#define DTRACEOPT_NSPEC         5
#define DTRACEOPT_STRSIZE       6
#define DTRACEOPT_CLEANRATE     7
#define DTRACEOPT_CPU           8
#define DTRACEOPT_BUFRESIZE     9
#define DTRACEOPT_GRABANON      10
#define DTRACEOPT_FLOWINDENT    11
#define DTRACEOPT_QUIET         12
#define DTRACEOPT_STACKFRAMES   13
#define DTRACEOPT_USTACKFRAMES  14
#define DTRACEOPT_AGGRATE       15
#define DTRACEOPT_SWITCHRATE    16
#define DTRACEOPT_STATUSRATE    17
#define DTRACEOPT_DESTRUCTIVE   18
#define DTRACEOPT_STACKINDENT   19
#define DTRACEOPT_RAWBYTES      20
#define DTRACEOPT_JSTACKFRAMES  21
#define DTRACEOPT_JSTACKSTRSIZE 22
#define DTRACEOPT_AGGSORTKEY    23
#define DTRACEOPT_AGGSORTREV    24
#define DTRACEOPT_AGGSORTPOS    25
#define DTRACEOPT_AGGSORTKEYPOS 26
#define DTRACEOPT_TEMPORAL      27
#define DTRACEOPT_AGGHIST       28
#define DTRACEOPT_AGGPACK       29
#define DTRACEOPT_AGGZOOM       30
#define DTRACEOPT_ZONE          31
#define DTRACEOPT_MAX           32

#define DTRACEOPT_UNSET ((dtrace_optval_t)-2)

#define DTRACEOPT_BUFPOLICY_RING   0
#define DTRACEOPT_BUFPOLICY_FILL   1
#define DTRACEOPT_BUFPOLICY_SWITCH 2

#define DTRACEOPT_BUFRESIZE_AUTO   0
#define DTRACEOPT_BUFRESIZE_MANUAL 1

/* Stability levels and dependency classes, which make up an attribute. */
#define DTRACE_STABILITY_INTERNAL 0
#define DTRACE_STABILITY_PRIVATE  1
#define DTRACE_STABILITY_OBSOLETE 2
#define DTRACE_STABILITY_EXTERNAL 3
#define DTRACE_STABILITY_UNSTABLE 4
#define DTRACE_STABILITY_EVOLVING 5
#define DTRACE_STABILITY_STABLE   6
#define DTRACE_STABILITY_STANDARD 7
#define DTRACE_STABILITY_MAX      7

#define DTRACE_CLASS_UNKNOWN  0
#define DTRACE_CLASS_CPU      1
#define DTRACE_CLASS_PLATFORM 2
#define DTRACE_CLASS_GROUP    3
#define DTRACE_CLASS_ISA      4
#define DTRACE_CLASS_COMMON   5
#define DTRACE_CLASS_MAX      5

typedef struct dtrace_attribute {
	dtrace_stability_t dtat_name;
	dtrace_stability_t dtat_data;
	dtrace_class_t dtat_class;
} dtrace_attribute_t;

typedef struct dtrace_pattr {
	dtrace_attribute_t dtpa_provider;
	dtrace_attribute_t dtpa_mod;
	dtrace_attribute_t dtpa_func;
	dtrace_attribute_t dtpa_name;
	dtrace_attribute_t dtpa_args;
} dtrace_pattr_t;

typedef struct dtrace_ppriv {
	uint32_t dtpp_flags;
	uid_t dtpp_uid;
	zoneid_t dtpp_zoneid;
} dtrace_ppriv_t;

typedef struct dtrace_probedesc {
	dtrace_id_t dtpd_id; /* DTRACE_IDNONE in a pattern */
	char dtpd_provider[DTRACE_PROVNAMELEN];
	char dtpd_mod[DTRACE_MODNAMELEN];
	char dtpd_func[DTRACE_FUNCNAMELEN];
	char dtpd_name[DTRACE_NAMELEN];
} dtrace_probedesc_t;

typedef struct dtrace_repldesc {
	dtrace_probedesc_t dtrpd_match;
	dtrace_probedesc_t dtrpd_create;
} dtrace_repldesc_t;

typedef struct dtrace_preddesc {
	dtrace_difo_t *dtpdd_difo;
	dtrace_predicate_t *dtpdd_predicate;
} dtrace_preddesc_t;

typedef struct dtrace_actdesc {
	dtrace_difo_t *dtad_difo;
	struct dtrace_actdesc *dtad_next;
	dtrace_actkind_t dtad_kind;
	uint32_t dtad_ntuple; /* number of keys of an aggregation */
	uint64_t dtad_arg;
	uint64_t dtad_uarg;
	int dtad_refcnt;
} dtrace_actdesc_t;

typedef struct dtrace_ecbdesc {
	dtrace_actdesc_t *dted_action;
	dtrace_preddesc_t dted_pred;
	dtrace_probedesc_t dted_probe;
	uint64_t dted_uarg;
	int dted_refcnt;
} dtrace_ecbdesc_t;

/* One datum of a record or of an aggregation's tuple. */
typedef struct dtrace_recdesc {
	dtrace_actkind_t dtrd_action;
	uint32_t dtrd_size;   /* in bytes; may be 0 */
	uint32_t dtrd_offset; /* from the start of the EPID record, or of dtada_data */
	uint16_t dtrd_alignment;
	uint16_t dtrd_format; /* 0 for none */
	uint64_t dtrd_arg;    /* such as frames of a stack, parameters of lquantize */
	uint64_t dtrd_uarg;   /* the same for all records of a statement */
} dtrace_recdesc_t;

typedef struct dtrace_eprobedesc {
	dtrace_epid_t dtepd_epid;
	dtrace_id_t dtepd_probeid;
	uint64_t dtepd_uarg;
	uint32_t dtepd_size;
	int dtepd_nrecs;
	dtrace_recdesc_t dtepd_rec[1]; /* dtepd_nrecs of them */
} dtrace_eprobedesc_t;

typedef struct dtrace_aggdesc {
	char *dtagd_name; /* without '@'; NULL for the aggregation without a name */
	dtrace_aggvarid_t dtagd_varid;
	int dtagd_flags; /* DTRACE_AGD_* */
	dtrace_aggid_t dtagd_id;
	dtrace_epid_t dtagd_epid;
	uint32_t dtagd_size;
	int dtagd_nrecs;
	uint32_t dtagd_pad;
	dtrace_recdesc_t dtagd_rec[1]; /* [0] the variable's id, then the keys, last the value */
} dtrace_aggdesc_t;

#define DTRACE_AGD_PRINTED 0x1

typedef struct dtrace_fmtdesc {
	char *dtfd_string;
	int dtfd_length;
	uint16_t dtfd_format;
} dtrace_fmtdesc_t;

/* The header of every EPID record. */
typedef struct dtrace_rechdr {
	dtrace_epid_t dtrh_epid;
	uint32_t dtrh_timestamp_hi;
	uint32_t dtrh_timestamp_lo;
} dtrace_rechdr_t;

typedef struct dtrace_bufdesc {
	uint64_t dtbd_size;
	uint32_t dtbd_cpu;
	uint32_t dtbd_errors;
	uint64_t dtbd_drops;
	char *dtbd_data;
	uint64_t dtbd_oldest;
	uint64_t dtbd_timestamp; /* nanoseconds */
} dtrace_bufdesc_t;

typedef struct dtrace_status {
	uint64_t dtst_dyndrops;
	uint64_t dtst_dyndrops_rinsing;
	uint64_t dtst_dyndrops_dirty;
	uint64_t dtst_specdrops;
	uint64_t dtst_specdrops_busy;
	uint64_t dtst_specdrops_unavail;
	uint64_t dtst_errors;
	uint64_t dtst_filled;
	uint64_t dtst_stkstroverflows;
	uint64_t dtst_dblerrors;
	char dtst_killed;
	char dtst_exiting;
	char dtst_pad[6];
} dtrace_status_t;

typedef struct dtrace_argdesc {
	dtrace_id_t dtargd_id;
	int dtargd_ndx;
	int dtargd_mapping;
	char dtargd_native[DTRACE_ARGTYPELEN];
	char dtargd_xlate[DTRACE_ARGTYPELEN];
} dtrace_argdesc_t;

typedef struct dtrace_providerdesc {
	char dtvd_name[DTRACE_PROVNAMELEN];
	dtrace_pattr_t dtvd_attr;
	dtrace_ppriv_t dtvd_priv;
} dtrace_providerdesc_t;

#ifdef __cplusplus
}
#endif

#endif
