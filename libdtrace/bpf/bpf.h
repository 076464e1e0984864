/* SPDX-License-Identifier: MIT */
/*
 * What bpf(2) offers: maps, rings, programs, test runs, and what this kernel can do.  Everything
 * uses the system call directly.  Nothing prints, and nothing leaves by longjmp: results are 0 (or
 * a descriptor) and -errno.
 *
 * struct dt_bpf is the context of one handle.  It owns every descriptor and mapping that it made:
 * dt_bpf_free() closes what is left, dt_bpf_close() and dt_bpf_unmap() close one early.  All
 * descriptors are O_CLOEXEC.  One thread at a time.  Called by attach/, lower/ (maps and features),
 * consume/ (rings, snapshots), run/ and api/.
 */
#ifndef DT_BPF_BPF_H
#define DT_BPF_BPF_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "bpf/feature.h"
#include "bpf/insn.h"

struct dt_bpf;

/* ---- context ---- */
struct dt_bpf *dt_bpf_new(void);      /* NULL: out of memory. Opens nothing, needs no privilege. */
void dt_bpf_free(struct dt_bpf *ctx); /* NULL is fine */
void dt_bpf_close(struct dt_bpf *ctx, int fd);
/* The same for N of them, at the same time: for those that the kernel takes long to close.
 * PROGRESS may be NULL. */
struct dt_progress;
void dt_bpf_close_many(struct dt_bpf *ctx, const int *fds, size_t n,
		       const struct dt_progress *progress);
void dt_bpf_unmap(struct dt_bpf *ctx, void *mem);
/* Puts a descriptor made elsewhere (attach/) under the context's ownership.  A negative FD is
 * returned as it is.  -ENOMEM closes it. */
int dt_bpf_own(struct dt_bpf *ctx, int fd);
size_t dt_bpf_nopen(const struct dt_bpf *ctx); /* descriptors held, for leak tests */

int dt_bpf_ncpus(const struct dt_bpf
			 *ctx); /* POSSIBLE CPUs: the values of a per-CPU map entry, ids 0..n-1 */
int dt_bpf_nonline(const struct dt_bpf *ctx);       /* CPUs online when the context was made */
const int *dt_bpf_online(const struct dt_bpf *ctx); /* their ids, ascending */

/* The BTF id of a name in the running kernel's own BTF (a BTF_KIND_*), -ENOENT; reads the table on
 * first use. types/ has the full view; this is for programs that need one id. */
int dt_bpf_btf_id(struct dt_bpf *ctx, const char *name, uint32_t kind);

/* Waits for one RCU grace period: every non-sleepable program that was running has then ended.
 * Takes 8 to 16 ms. */
int dt_bpf_grace_period(void);

/* bpf(2) itself, for attach/; O_CLOEXEC is the kernel's own doing. -errno. */
int dt_bpf_sys(int cmd, union bpf_attr *attr, size_t size);
int dt_bpf_sys_raw(int cmd, void *attr, size_t size); /* for attributes newer than our header */

/* ---- maps ---- */
enum dt_bpf_map_btf {
	DT_BPF_MAP_BTF_NONE,
	DT_BPF_MAP_BTF_BYTES, /* key an int, value an array of bytes: what task storage asks for */
	DT_BPF_MAP_BTF_TIMER, /* value begins with a struct bpf_timer (16 bytes), bytes after it */
};

struct dt_bpf_map_spec {
	enum bpf_map_type type;
	uint32_t key_size, value_size, max_entries;
	uint32_t flags;                      /* BPF_F_MMAPABLE, BPF_F_NO_PREALLOC... */
	const struct dt_bpf_map_spec *inner; /* of a map of maps: what its members look like; or */
	int inner_fd;                        /* a member that exists (> 0) */
	enum dt_bpf_map_btf btf;
	const char *name; /* 15 characters count, odd ones become '_'; or NULL */
};

int dt_bpf_map_create(struct dt_bpf *ctx,
		      const struct dt_bpf_map_spec *spec); /* descriptor or -errno */
/* A BPF_F_MMAPABLE array as memory. Lives until dt_bpf_unmap or the context ends, also after its fd
 * is closed. */
int dt_bpf_map_mmap(struct dt_bpf *ctx, int fd, size_t size, bool writable, void **out);

/* An array of ONE value of SIZE bytes that both sides write: globals, the control area, the
 * activity word. */
struct dt_bpf_area {
	int fd;
	void *mem; /* SIZE bytes, zeroed */
	size_t size;
};
int dt_bpf_area_create(struct dt_bpf *ctx, size_t size, const char *name, struct dt_bpf_area *out);

int dt_bpf_map_lookup(int fd, const void *key, void *value);
int dt_bpf_map_update(int fd, const void *key, const void *value, uint64_t flags);
int dt_bpf_map_delete(int fd, const void *key);
int dt_bpf_map_freeze(int fd); /* user space may not write it any more (5.2): with BPF_F_RDONLY_PROG
				  its values are constants */
int dt_bpf_map_next_key(int fd, const void *key,
			void *next); /* KEY NULL: the first; -ENOENT: the end */

/* Bytes of one CPU's value in what user space sees of a per-CPU entry, and of the whole entry. */
#define dt_bpf_percpu_stride(value_size) (((size_t)(value_size) + 7) & ~(size_t)7)
size_t dt_bpf_entry_size(const struct dt_bpf *ctx, const struct dt_bpf_map_spec *spec);
bool dt_bpf_map_is_percpu(enum bpf_map_type type);

/*
 * Calls FN for every entry: VALUE is one value, or ncpus values at dt_bpf_percpu_stride() for a
 * per-CPU map. Batched where the kernel has it, else key by key.  A hash loses the entries with
 * DELETE (each seen once, none lost; an update after the entry was taken makes a new one); array
 * values are NOT cleared by it. FN's first value other than 0 ends the walk and is returned.
 * -errno.
 */
typedef int (*dt_bpf_entry_fn)(void *arg, const void *key, const void *value);
int dt_bpf_map_walk(struct dt_bpf *ctx, int fd, const struct dt_bpf_map_spec *spec, bool delete,
		    dt_bpf_entry_fn fn, void *arg);

/* ---- rings ---- */
/*
 * A BPF ring buffer and its two mappings.  One consumer.  Reading a batch:
 *
 *	while ((rec = dt_ring_next(ring, &len)))
 *		use(rec, len);                  valid until dt_ring_publish
 *	dt_ring_publish(ring);                  once a batch: gives the room back to the producers
 */
struct dt_ring {
	int fd;        /* the map, also for bpf_ringbuf_output's side */
	uint32_t size; /* bytes, a power of two of at least a page */
	uint64_t pos;  /* read up to here, not yet published */
	uint64_t *consumer_pos;
	const uint64_t *producer_pos;
	const uint8_t *data; /* mapped twice in a row: records never wrap */
};

/* SIZE is rounded up to a power of two of at least one page. */
int dt_ring_create(struct dt_bpf *ctx, size_t size, const char *name, struct dt_ring *out);
void dt_ring_close(struct dt_bpf *ctx, struct dt_ring *ring);

#define DT_RING_HDR 8 /* bytes before each record */

/* The next committed record, or NULL: none, or the oldest is still being written. Discarded ones
 * are skipped. */
static inline const void *dt_ring_next(struct dt_ring *ring, uint32_t *len)
{
	uint64_t end = __atomic_load_n(ring->producer_pos, __ATOMIC_ACQUIRE);

	while (ring->pos < end) {
		const uint8_t *p = ring->data + (ring->pos & (ring->size - 1));
		uint32_t word = __atomic_load_n((const uint32_t *)p, __ATOMIC_ACQUIRE);

		if (word & BPF_RINGBUF_BUSY_BIT)
			return NULL;
		*len = word & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);
		ring->pos += (*len + DT_RING_HDR + 7) & ~7ULL;
		if (!(word & BPF_RINGBUF_DISCARD_BIT))
			return p + DT_RING_HDR;
	}
	return NULL;
}

static inline void dt_ring_publish(struct dt_ring *ring)
{
	__atomic_store_n(ring->consumer_pos, ring->pos, __ATOMIC_RELEASE);
}

/* Bytes waiting, headers included; those being written count. */
static inline uint64_t dt_ring_fill(const struct dt_ring *ring)
{
	return __atomic_load_n(ring->producer_pos, __ATOMIC_ACQUIRE) - ring->pos;
}

/* Every committed record through FN, published at the end. Returns their number, or FN's first
 * value other than 0 if that is negative (the record counts as read). */
typedef int (*dt_ring_fn)(void *arg, const void *rec, uint32_t len);
int64_t dt_ring_consume(struct dt_ring *ring, dt_ring_fn fn, void *arg);

/* ---- programs ---- */
enum dt_bpf_reloc_kind {
	DT_BPF_RELOC_MAP,   /* the pair at INSN becomes the map's address */
	DT_BPF_RELOC_VALUE, /* ... the address of its one value, plus OFF (arrays) */
};

struct dt_bpf_reloc {
	uint32_t insn; /* the first slot of a DT_INSN_IMM64 */
	enum dt_bpf_reloc_kind kind;
	uint32_t map; /* index into map_fds */
	uint32_t off;
};

/* A global function is verified once, by itself, for all arguments that fit its type (5.12 for
 * memory); a static one at every call. */
struct dt_bpf_func_type {
	bool is_global;
	uint8_t nparams;
	uint32_t bytes[5]; /* by parameter: a pointer to so much memory, or NULL; 0: a number */
};

struct dt_bpf_prog_spec {
	struct bpf_insn *insns; /* patched in place by the relocations: loading twice is fine */
	size_t ninsns;
	const struct dt_bpf_reloc *relocs;
	size_t nrelocs;
	const int *map_fds;
	size_t nmap_fds;
	/* First instruction of every function, ascending, the main function's 0 first: makes
	 * func_info, which bpf_loop and other callbacks ask for. None: the program gets no BTF. */
	const uint32_t *subprogs;
	const struct dt_bpf_func_type *func_types; /* of each of them; NULL: all are static */
	size_t nsubprogs;
	bool tail_calls; /* the program makes some, which a mechanism may not allow */
	/* Set by a mechanism's prepare() (contract/mechanism.h): */
	enum bpf_prog_type type;
	uint32_t expected_attach_type;
	uint32_t attach_btf_id;
	int attach_btf_fd; /* of the module's BTF that has the id; 0: the kernel's own */
	uint32_t flags;    /* BPF_F_SLEEPABLE */
	const char *name;
	bool whole_log;   /* if it is refused; else at least the log's end */
	uint32_t log_max; /* bytes of the log; 0: as many as it has */
};

/* Descriptor or -errno.  A refused program is loaded again with the verifier's log, whose end or
 * whole *LOG then holds (malloc'ed, the caller frees; NULL when there is none; LOG may be NULL). */
int dt_bpf_prog_load(struct dt_bpf *ctx, const struct dt_bpf_prog_spec *spec, char **log);
/* Copies of the finished log of a program that loads, for -xbpflog: LEVEL 1 or 2, 4 for statistics
 * alone. */
int dt_bpf_prog_log(struct dt_bpf *ctx, const struct dt_bpf_prog_spec *spec, int level, char **log);

/* Runs a raw_tp or SYSCALL program once in the calling thread. ARGS: up to 12 u64s for raw_tp (at
 * least as many as the program reads). RETVAL may be NULL. Programs on other CPUs go on meanwhile.
 */
int dt_bpf_test_run(int prog_fd, const void *args, size_t size, uint32_t *retval);
/* Events the kernel skipped because this program was already running on that CPU (5.12). */
int dt_bpf_prog_missed(int prog_fd, uint64_t *missed);

#endif
