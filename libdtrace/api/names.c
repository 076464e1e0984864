/* SPDX-License-Identifier: MIT */
/* Stabilities, classes, attributes and probe descriptions as text, and from text. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "api/hdl.h"
#include "lang/lang.h"

const char *dtrace_stability_name(dtrace_stability_t s)
{
	return dt_attr_stability_name(s);
}

const char *dtrace_class_name(dtrace_class_t c)
{
	return dt_attr_class_name(c);
}

char *dtrace_attr2str(dtrace_attribute_t attr, char *buf, size_t len)
{
	const char *name = dtrace_stability_name(attr.dtat_name),
		   *data = dtrace_stability_name(attr.dtat_data);
	const char *class = dtrace_class_name(attr.dtat_class);

	if (!name || !data || !class)
		return NULL;
	snprintf(buf, len, "%s/%s/%s", name, data, class);
	return buf;
}

int dtrace_str2attr(const char *text, dtrace_attribute_t *attr)
{
	struct dt_attr parsed;

	if (!text || !attr || !dt_attr_parse(text, &parsed))
		return -1;
	*attr = dt_attr_public(parsed);
	return 0;
}

static int copy_whole(char *to, size_t size, const char *from)
{
	if (strlen(from) >= size)
		return ENAMETOOLONG;
	strcpy(to, from);
	return 0;
}

static int to_public(const struct dt_pdesc *d, dtrace_probedesc_t *out)
{
	int err;

	memset(out, 0, sizeof(*out));
	out->dtpd_id = d->id;
	err = copy_whole(out->dtpd_provider, sizeof(out->dtpd_provider), d->provider);
	if (!err)
		err = copy_whole(out->dtpd_mod, sizeof(out->dtpd_mod), d->mod);
	if (!err)
		err = copy_whole(out->dtpd_func, sizeof(out->dtpd_func), d->func);
	if (!err)
		err = copy_whole(out->dtpd_name, sizeof(out->dtpd_name), d->name);
	return err;
}

int dtrace_xstr2desc(dtrace_hdl_t *dtp, dtrace_probespec_t spec, const char *text, int argc,
		     char *const argv[], dtrace_probedesc_t *pdesc)
{
	struct dt_macros macros = {
		.argc = argc, .argv = argv, .lookup = dt_macro_lookup, .lookup_arg = dtp
	};
	struct dt_arena *arena;
	struct dt_pdesc d;
	int err;

	if (!text || !pdesc || spec < DTRACE_PROBESPEC_NONE || spec > DTRACE_PROBESPEC_NAME)
		return dt_set_errno(dtp, EINVAL);
	arena = dt_arena_new();
	if (!arena)
		return dt_set_errno(dtp, EDT_NOMEM);
	err = -dt_pdesc_parse(arena, text, strlen(text), (enum dt_pspec)spec, &macros, &d, NULL);
	if (!err)
		err = to_public(&d, pdesc);
	dt_arena_free(arena);
	return err ? dt_set_errno(dtp, err) : 0;
}

int dtrace_str2desc(dtrace_hdl_t *dtp, dtrace_probespec_t spec, const char *text,
		    dtrace_probedesc_t *pdesc)
{
	return dtrace_xstr2desc(dtp, spec, text, 0, NULL, pdesc);
}

char *dtrace_desc2str(const dtrace_probedesc_t *d, char *buf, size_t len)
{
	if (d->dtpd_id)
		snprintf(buf, len, "%u", d->dtpd_id);
	else
		snprintf(buf, len, "%s:%s:%s:%s", d->dtpd_provider, d->dtpd_mod, d->dtpd_func,
			 d->dtpd_name);
	return buf;
}
