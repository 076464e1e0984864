/* SPDX-License-Identifier: MIT */
/*
 * Probes at the kernel's tracepoints, for providers that give documented names and arguments to
 * what happens there: proc, sched and their like.  Such a provider is a table of rows; all its
 * functions are those below (DT_EVENT_OPS).
 *
 * Every probe is a program of its own, on a typed tracepoint (tp_btf), since one event may be
 * several probes: a switch of tasks is off-cpu, on-cpu and perhaps sleep.  probefunc is the name of
 * the tracepoint.  Rows of the same name are several ways to the same thing.
 *
 * A probe whose tracepoint a kernel lacks is not listed there; who names it is told what is
 * missing.
 */
#ifndef DT_PROVIDERS_EVENT_H
#define DT_PROVIDERS_EVENT_H

#include "lower/hooks.h"
#include "providers/providers.h"

#define DT_EVENT_ARGS 8

struct dt_event_arg {
	const char *type;       /* of argN: "struct task_struct *" */
	const char *translated; /* of args[n]: "psinfo_t *" (dlib/); NULL: args[n] is argN */
	uint8_t word;           /* which of the tracepoint's arguments argN is */
	bool is_user;           /* a pointer to user memory */
	/* Instead of that, the code of argN, a number.  NULL: argN is the tracepoint's. */
	dt_vreg (*emit)(struct dt_cg *cg);
};

struct dt_event {
	const char *name;
	const char *tracepoint;
	/* Code in the point's program: jumps to NONE if the event is none of the probe's.  NULL:
	 * each is. */
	void (*emit_when)(struct dt_cg *cg, dt_label none);
	/* The task that the probe is about, as contract/provider.h has it.  NULL: the one that
	 * runs. */
	dt_vreg (*emit_task)(struct dt_cg *cg);
	/* The code of D's errno.  NULL: 0. */
	dt_vreg (*emit_errno)(struct dt_cg *cg);
	const struct dt_event_arg *args; /* up to the first without a type; NULL: none */
	/* Not at a tracepoint but at each event of this kind of perf's (PERF_COUNT_SW_*; the
	 * tracepoint's name is that of the event): no argument is a word. */
	uint8_t software;
	/* No probe of its own but a companion of all others (contract/provider.h), attached before
	 * them: emit_when notes something that they read. */
	bool is_hidden;
	/* A probe that other systems have, and why Linux cannot: the sentence behind its name.  The
	 * row has nothing but its name besides. */
	const char *refusal;
};

/* A provider's table. */
struct dt_events {
	const char *provider;
	uint32_t first_id; /* of the first row's probe; the others follow */
	uint32_t n;
	const struct dt_event *rows;
};

int dt_event_provide(struct dt_provider *prov, const struct dt_pdesc *desc, dt_probe_fn fn,
		     void *arg);
struct dt_probe *dt_event_by_id(struct dt_provider *prov, uint32_t id);
int dt_event_args(struct dt_provider *prov, const struct dt_probe *probe, struct dt_args *out);
bool dt_event_offered(struct dt_provider *prov, struct dt_strbuf *lacks);
int dt_event_point(struct dt_provider *prov, const struct dt_probe *probe,
		   struct dt_point_key *key);
int dt_event_target(struct dt_provider *prov, const struct dt_point_key *key,
		    struct dt_probe *const *probes, uint32_t nprobes, struct dt_arena *arena,
		    const struct dt_target **out);
struct dt_probe *dt_event_companion(struct dt_provider *prov, const struct dt_probe *probe,
				    uint32_t n);
uint32_t dt_event_emit_find(struct dt_cg *cg, uint32_t none);
uint32_t dt_event_emit_arg(struct dt_cg *cg, uint32_t n);
uint32_t dt_event_emit_errno(struct dt_cg *cg);
bool dt_event_is_elsewhere(const struct dt_probe *probe);
uint32_t dt_event_emit_task(struct dt_cg *cg);

/* What a provider of events fills in beside its attributes and its sentence. */
#define DT_EVENT_OPS(events_)                                                                \
	.first_id = FIRST_ID, .nids = ARRAY_SIZE(rows), .table = &(events_),                 \
	.provide = dt_event_provide, .by_id = dt_event_by_id, .args = dt_event_args,         \
	.point = dt_event_point, .target = dt_event_target, .emit_find = dt_event_emit_find, \
	.emit_arg = dt_event_emit_arg, .emit_errno = dt_event_emit_errno,                    \
	.companion = dt_event_companion, .offered = dt_event_offered,                        \
	.is_elsewhere = dt_event_is_elsewhere, .emit_task = dt_event_emit_task

/* Parts of rows. */

/* An argument that is the tracepoint's task, translated. */
#define DT_EVENT_TASK(word_, type_)                                                  \
	{                                                                            \
		.type = "struct task_struct *", .translated = type_, .word = (word_) \
	}
#define DT_EVENT_REFUSED(name_, why_)              \
	{                                          \
		.name = (name_), .refusal = (why_) \
	}
/* arg0 is 1, by which a count grows. */
extern const struct dt_event_arg dt_event_by_one[];

/* For the code of rows. */

dt_vreg dt_event_one(struct dt_cg *cg);

/* The tracepoint's argument N: a number, or a pointer that the verifier knows. */
dt_vreg dt_event_word(struct dt_cg *cg, uint32_t n);
/* The same as a value of TYPE. */
dt_vreg dt_event_typed_word(struct dt_cg *cg, uint32_t n, const struct dt_type *type);
/* Whether this kernel's tracepoint has so many arguments. */
bool dt_event_has_words(const struct dt_cg *cg, uint32_t n);
/* Whether this kernel's structure has this member. */
bool dt_event_has_member(const struct dt_cg *cg, const char *structure, const char *member);
/* A member as dt_cg_load_field() loads it, at an address that may be none of the kernel's: then it
 * is 0. */
dt_vreg dt_event_peek(struct dt_cg *cg, dt_vreg address, const char *structure,
		      const char *const *path);
dt_vreg dt_event_current(struct dt_cg *cg); /* the task that runs */

/*
 * For rows at sys_enter and sys_exit: system calls of native and of 32-bit programs.  Jumps to NONE
 * unless the event's call is one of CALLS, up to NULL.
 */
void dt_event_calls(struct dt_cg *cg, const char *const *calls, dt_label none);
/* Behind that: jumps to YES if it is this one of them. */
void dt_event_jump_if_call(struct dt_cg *cg, const char *call, dt_label yes);
dt_vreg dt_event_call_arg(struct dt_cg *cg, uint32_t n); /* of 32-bit programs the first two */

#endif
