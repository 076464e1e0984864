/* SPDX-License-Identifier: MIT */
/*
 * dtrace_type_*(), dtrace_lookup_by_type(), dtrace_object_*(): types, the kernel and its modules.
 * There is no CTF on Linux: dtt_ctfp is a type of types/, which dtrace_type2str() understands, and
 * dtt_type a number that is the same for the same type.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "api/hdl.h"
#include "symbols/symbols.h"
#include "types/types.h"

static int found(dtrace_hdl_t *dtp, const struct dt_type *t, dtrace_typeinfo_t *out)
{
	if (!t)
		return dt_set_errno(dtp, dt_types_has_btf(dtp->env.types, NULL) ? EDT_NOTYPE
										: EDT_NOCTF);
	*out = (dtrace_typeinfo_t){ .dtt_object = t->module ? t->module : "D",
				    .dtt_ctfp = (ctf_file_t *)t,
				    .dtt_type = t->btf_id ? (ctf_id_t)t->btf_id
							  : (ctf_id_t)(uintptr_t)t };
	return 0;
}

static const char *module_of(const char *object)
{
	if (object == DTRACE_OBJ_CDEFS || object == DTRACE_OBJ_DDEFS)
		return "D";
	if ((intptr_t)object >= -3 && (intptr_t)object <= 1)
		return NULL;
	return object;
}

int dtrace_lookup_by_type(dtrace_hdl_t *dtp, const char *object, const char *name,
			  dtrace_typeinfo_t *type)
{
	static const struct {
		const char *word;
		enum dt_tag tag;
	} tags[] = { { "struct ", DT_TAG_STRUCT },
		     { "union ", DT_TAG_UNION },
		     { "enum ", DT_TAG_ENUM } };
	enum dt_tag tag = DT_TAG_NONE;

	for (size_t i = 0; i < ARRAY_SIZE(tags); i++) {
		size_t len = strlen(tags[i].word);

		if (strncmp(name, tags[i].word, len) == 0) {
			tag = tags[i].tag;
			name += len;
			break;
		}
	}
	return found(dtp, dt_types_lookup(dtp->env.types, module_of(object), tag, name), type);
}

int dtrace_symbol_type(dtrace_hdl_t *dtp, const GElf_Sym *sym, const dtrace_syminfo_t *info,
		       dtrace_typeinfo_t *type)
{
	bool percpu;

	(void)sym;
	return found(dtp,
		     dt_types_symbol(dtp->env.types, info->dts_object, info->dts_name, &percpu),
		     type);
}

int dtrace_type_strcompile(dtrace_hdl_t *dtp, const char *text, dtrace_typeinfo_t *type)
{
	return found(dtp, dt_libraries_type(dtp, text), type);
}

int dtrace_type_fcompile(dtrace_hdl_t *dtp, FILE *file, dtrace_typeinfo_t *type)
{
	char text[1024];
	size_t n = fread(text, 1, sizeof(text) - 1, file);

	if (ferror(file))
		return dt_set_errno(dtp, EDT_FIO);
	while (n && strchr(" \t\r\n", text[n - 1]))
		n--;
	text[n] = '\0';
	return dtrace_type_strcompile(dtp, text, type);
}

int dtrace_type2str(dtrace_hdl_t *dtp, const dtrace_typeinfo_t *type, char *buf, int n)
{
	const struct dt_type *t = type ? (const struct dt_type *)type->dtt_ctfp : NULL;
	char text[512];

	if (!t || n < 0)
		return dt_set_errno(dtp, EINVAL);
	return snprintf(buf, (size_t)n, "%s", dt_type_name(t, text, sizeof(text)));
}

/* ---- objects: the kernel and its modules ---- */

struct modules {
	DT_VEC(const char *) seen;
};

static int visit(const struct dt_ksym *sym, void *arg)
{
	struct modules *m = arg;

	dt_vec_each(&m->seen, it) if (*it == sym->module || strcmp(*it, sym->module) == 0) return 0;
	return dt_vec_push(&m->seen, sym->module) ? 0 : -ENOMEM;
}

static dtrace_objinfo_t info_of(const char *module, int id)
{
	return (dtrace_objinfo_t){ .dto_name = module,
				   .dto_file = "",
				   .dto_id = id,
				   .dto_flags =
					   DTRACE_OBJ_F_KERNEL |
					   (strcmp(module, "vmlinux") ? 0 : DTRACE_OBJ_F_PRIMARY) };
}

int dtrace_object_iter(dtrace_hdl_t *dtp, dtrace_obj_f *func, void *arg)
{
	struct modules m = { 0 };
	dtrace_objinfo_t info;
	int result = dt_ksyms_each(dtp->env.ksyms, NULL, visit, &m);

	if (result < 0)
		result = dt_set_errno(dtp, -result);
	for (size_t i = 0; !result && i < m.seen.n; i++) {
		info = info_of(m.seen.data[i], (int)i);
		result = func(dtp, &info, arg);
	}
	dt_vec_free(&m.seen);
	return result;
}

int dtrace_object_info(dtrace_hdl_t *dtp, const char *object, dtrace_objinfo_t *info)
{
	if (object == DTRACE_OBJ_EVERY || object == DTRACE_OBJ_KMODS ||
	    object == DTRACE_OBJ_UMODS || !info)
		return dt_set_errno(dtp, EINVAL);
	if (object == DTRACE_OBJ_EXEC || strcmp(object, "genunix") == 0 ||
	    strcmp(object, "unix") == 0)
		object = "vmlinux";
	if ((intptr_t)object <= 3 || !dt_ksyms_has_module(dtp->env.ksyms, object))
		return dt_set_errno(dtp, EDT_NOMOD);
	*info = info_of(object, 0);
	return 0;
}
