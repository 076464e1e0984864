/* SPDX-License-Identifier: MIT */
/* Why a description matches nothing: which field is to blame, and which names come near it.  Called
 * through dt_probes_explain() when a program or a listing names no probe (probe.h). */
#include <stdlib.h>
#include <string.h>
#include "base/near.h"
#include "probe/probe.h"

#define NEAR_MAX 3

struct near {
	const char *name;
	unsigned distance;
};

struct search {
	const char *wanted;
	const char *(*field)(const struct dt_probe *);
	struct near best[NEAR_MAX];
	uint32_t nseen;
};

static const char *field_mod(const struct dt_probe *p)
{
	return p->mod;
}

static const char *field_func(const struct dt_probe *p)
{
	return p->func;
}

static const char *field_name(const struct dt_probe *p)
{
	return p->name;
}

/* Keeps NAME if it is near enough to be what was meant. */
static void keep_if_near(struct search *s, const char *name)
{
	unsigned d = dt_near_distance(s->wanted, name);
	size_t at = NEAR_MAX;

	if (d > 2 * (strlen(s->wanted) / 3 + 1))
		return;
	for (size_t i = 0; i < NEAR_MAX; i++) {
		if (s->best[i].name && !strcmp(s->best[i].name, name))
			return;
		if (at == NEAR_MAX && (!s->best[i].name || d < s->best[i].distance))
			at = i;
	}
	if (at == NEAR_MAX)
		return;
	memmove(&s->best[at + 1], &s->best[at], (NEAR_MAX - 1 - at) * sizeof(s->best[0]));
	s->best[at] = (struct near){ name, d };
}

static int visit(struct dt_probe *probe, void *arg)
{
	struct search *s = arg;

	s->nseen++;
	keep_if_near(s, s->field(probe));
	return 0;
}

static void write_sentence(struct dt_strbuf *out, const char *what, const struct search *s)
{
	dt_strbuf_printf(out, "no %s is called \"%s\"", what, s->wanted);
	for (size_t i = 0; i < NEAR_MAX && s->best[i].name; i++)
		dt_strbuf_printf(out, "%s\"%s\"", i ? ", " : "; did you mean ", s->best[i].name);
	if (s->best[0].name)
		dt_strbuf_putc(out, '?');
}

static void explain_provider(struct dt_probes *p, const char *wanted, struct dt_strbuf *out)
{
	struct search s = { .wanted = wanted };

	dt_vec_each(&p->providers, it) keep_if_near(&s, (*it)->ops->name);
	write_sentence(out, "provider", &s);
}

static int any(struct dt_probe *probe DT_UNUSED, void *arg DT_UNUSED)
{
	return 1;
}

/* A provider of processes answers to any name; that there is one shows by its probes. */
static bool provider_known(struct dt_probes *p, const char *pattern)
{
	const struct dt_pdesc all = { pattern, "", "", "", 0 };

	dt_vec_each(&p->providers, it)
	{
		if (!(*it)->ops->answers && dt_glob(pattern, (*it)->ops->name))
			return true;
	}
	return dt_probes_match(p, &all, any, NULL, NULL) == 1;
}

void dt_probes_explain(struct dt_probes *p, const struct dt_pdesc *desc, struct dt_strbuf *out)
{
	const struct {
		const char *what, *wanted;
		const char *(*field)(const struct dt_probe *);
	} fields[] = {
		{ "module", desc->mod, field_mod },
		{ "function", desc->func, field_func },
		{ "probe name", desc->name, field_name },
	};
	struct dt_pdesc wider = { desc->provider, "", "", "", 0 };
	uint32_t n;

	if (desc->id || dt_probes_habit(p, desc, out))
		return;
	if (p->why.len) {
		dt_strbuf_puts(out, p->why.s);
		return;
	}
	if (desc->provider[0] && !provider_known(p, desc->provider)) {
		explain_provider(p, desc->provider, out);
		return;
	}
	/* Put the fields back one by one: the first that leaves no probe is to blame. */
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		struct search s = { .wanted = fields[i].wanted, .field = fields[i].field };
		struct dt_pdesc narrower = wider;

		if (!fields[i].wanted[0])
			continue;
		if (i == 0)
			narrower.mod = fields[i].wanted;
		else if (i == 1)
			narrower.func = fields[i].wanted;
		else
			narrower.name = fields[i].wanted;
		if (dt_probes_match(p, &narrower, visit, &s, &n) == 0 && n) {
			wider = narrower;
			continue;
		}
		s.nseen = 0;
		dt_probes_match(p, &wider, visit, &s, &n);
		if (n)
			write_sentence(out, fields[i].what, &s);
		return;
	}
}
