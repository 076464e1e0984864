/* SPDX-License-Identifier: MIT */
/*
 * Probes as other tools write them: who has bpftrace's or perf's words at hand, or has left out a
 * colon, is told D's spelling.  Fields are filled from the right, so the first word of "kprobe:f"
 * is in the field of the function.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "base/util.h"
#include "probe/probe.h"

#define MAX_WORDS 4

struct words {
	const char *word[MAX_WORDS];
	size_t n;
};

/* The fields that are there, in their order. */
static struct words words_of(const struct dt_pdesc *desc)
{
	const char *const fields[] = { desc->provider, desc->mod, desc->func, desc->name };
	struct words w = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (w.n || fields[i][0])
			w.word[w.n++] = fields[i];
	return w;
}

static const char *last(const struct words *w)
{
	return w->word[w->n - 1];
}

static void entry(const struct words *w, struct dt_strbuf *out)
{
	dt_strbuf_printf(out, "fbt::%s:entry", last(w));
}

static void ret(const struct words *w, struct dt_strbuf *out)
{
	dt_strbuf_printf(out, "fbt::%s:return", last(w));
}

static void tracepoint(const struct words *w, struct dt_strbuf *out)
{
	static const struct {
		const char *prefix, *name;
	} calls[] = { { "sys_enter_", "entry" }, { "sys_exit_", "return" } };

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		size_t len = strlen(calls[i].prefix);

		if (strncmp(last(w), calls[i].prefix, len))
			continue;
		dt_strbuf_printf(out, "syscall::%s:%s", last(w) + len, calls[i].name);
		return;
	}
	dt_strbuf_printf(out, "sdt:::%s", last(w));
}

/* "interval:s:1", "profile:hz:99" */
static void tick(const struct words *w, struct dt_strbuf *out)
{
	dt_strbuf_printf(out, "tick-%s%s", last(w), w->n > 2 ? w->word[1] : "s");
}

static void profile(const struct words *w, struct dt_strbuf *out)
{
	dt_strbuf_printf(out, "profile-%s%s", last(w), w->n > 2 ? w->word[1] : "hz");
}

static void upper(const struct words *w, struct dt_strbuf *out)
{
	dt_strbuf_puts(out, strcasecmp(last(w), "end") ? "BEGIN" : "END");
}

static const struct {
	const char *word;
	size_t least; /* words, with this one */
	void (*spell)(const struct words *w, struct dt_strbuf *out);
} habits[] = {
	{ "kprobe", 2, entry },
	{ "kfunc", 2, entry },
	{ "fentry", 2, entry },
	{ "kretprobe", 2, ret },
	{ "kretfunc", 2, ret },
	{ "fexit", 2, ret },
	{ "tracepoint", 2, tracepoint },
	{ "rawtracepoint", 2, tracepoint },
	{ "rawtp", 2, tracepoint },
	{ "interval", 2, tick },
	{ "profile", 2, profile },
	{ "begin", 1, upper },
	{ "end", 1, upper },
};

/* "syscall:read:entry": a provider's name that is not in the first of the four fields.  The module
 * has been forgotten. */
static bool missing_colon(struct dt_probes *p, const struct words *w, struct dt_strbuf *out)
{
	if (w->n != 3)
		return false;
	dt_vec_each(&p->providers, it)
	{
		if (strcmp((*it)->ops->name, w->word[0]))
			continue;
		dt_strbuf_printf(out, "%s::%s:%s", w->word[0], w->word[1], w->word[2]);
		return true;
	}
	return false;
}

bool dt_probes_habit(struct dt_probes *p, const struct dt_pdesc *desc, struct dt_strbuf *out)
{
	struct words w = words_of(desc);
	struct dt_strbuf spelling = { 0 };

	for (size_t i = 0; w.n && !spelling.len && i < ARRAY_SIZE(habits); i++)
		if (!strcmp(habits[i].word, w.word[0]) && w.n >= habits[i].least &&
		    !desc->provider[0])
			habits[i].spell(&w, &spelling);
	if (!spelling.len && !desc->provider[0])
		missing_colon(p, &w, &spelling);
	if (spelling.len)
		dt_strbuf_printf(out, "in D that is %s", dt_strbuf_str(&spelling));
	dt_strbuf_free(&spelling);
	return out->len != 0;
}
