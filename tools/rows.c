/* SPDX-License-Identifier: MIT */
/*
 * rows: the built-ins of D as JSON, one object per row of libdtrace/builtin/.
 *
 *	build/tools/rows [KIND...]	KIND: variable, function, action, aggregating
 *	build/tools/rows provider	the providers instead: name, doc, first_id, nids
 *	build/tools/rows option		the options: name, type, doc, dynamic, available, initial
 *
 * The manual's tables are made from it, and the tests that need the list of built-ins read it, so
 * that none of them keeps a list of its own.  Members: name, kind, family (the file), prototype (of
 * a variable: its type), doc and example (Markdown and D, as the manual shows them), destructive,
 * indexed, available, refusal (null, or why Linux does not have it).  Of an aggregating function
 * also number (its DTRACEAGG_ value), words (64-bit words in the kernel; null if its arguments
 * decide) and distribution.
 */
#include <stdio.h>
#include <string.h>
#include "api/options.h"
#include "builtin/builtins.h"
#include "providers/providers.h"

static const char *const kinds[] = {
	[DT_BI_VAR] = "variable",
	[DT_BI_SUBR] = "function",
	[DT_BI_ACTION] = "action",
	[DT_BI_AGGFUNC] = "aggregating",
};

static void put_text(const char *name, const char *text)
{
	printf("\"%s\": ", name);
	if (!text) {
		printf("null, ");
		return;
	}
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if (*text == '\n')
			printf("\\n");
		else
			putchar(*text);
	}
	printf("\", ");
}

static void put_bool(const char *name, bool value)
{
	printf("\"%s\": %s, ", name, value ? "true" : "false");
}

static void put_aggfunc(const struct dt_aggfunc *f)
{
	printf("\"number\": %u, \"words\": ", f->action);
	if (f->nbuckets)
		printf("null, ");
	else
		printf("%u, ", f->nwords);
	put_bool("distribution", f->nbuckets != NULL);
}

static void put_row(const struct dt_builtin *row, const char *family)
{
	printf("{");
	put_text("name", row->name);
	put_text("kind", kinds[row->kind]);
	put_text("prototype", row->proto);
	put_text("doc", row->doc);
	put_text("example", row->example);
	put_text("refusal", row->refusal);
	put_bool("destructive", row->flags & DT_BF_DESTRUCTIVE);
	put_bool("indexed", row->flags & DT_BF_INDEXED);
	put_bool("available", !row->refusal && dt_builtin_has_code(row));
	if (row->agg)
		put_aggfunc(row->agg);
	printf("\"family\": \"%s\"}", family);
}

static void put_providers(void)
{
	for (size_t i = 0; i < dt_nproviders; i++) {
		const struct dt_provider_ops *ops = dt_providers[i];

		printf("%s\n{", i ? "," : "");
		put_text("name", ops->name);
		put_text("doc", ops->doc);
		printf("\"first_id\": %u, \"nids\": %u, \"kind\": \"provider\"}", ops->first_id,
		       ops->nids);
	}
}

static void put_options(void)
{
	struct dt_option_doc option;

	for (size_t i = 0; dt_option_describe(i, &option); i++) {
		printf("%s\n{", i ? "," : "");
		put_text("name", option.name);
		put_text("type", option.kind);
		put_text("doc", option.text);
		put_bool("dynamic", option.dynamic);
		put_bool("available", option.accepted);
		printf("\"initial\": %lld, \"kind\": \"option\"}", (long long)option.initial);
	}
}

static bool is_asked(const struct dt_builtin *row, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], kinds[row->kind]))
			return true;
	return argc == 1;
}

int main(int argc, char **argv)
{
	const char *separator = "";

	printf("[");
	if (argc == 2 && !strcmp(argv[1], "provider"))
		put_providers();
	if (argc == 2 && !strcmp(argv[1], "option"))
		put_options();
	for (size_t f = 0; f < dt_all_builtins->nfamilies; f++) {
		const struct dt_builtin_family *family = dt_all_builtins->families[f];

		for (size_t i = 0; i < family->nrows; i++) {
			if (!is_asked(&family->rows[i], argc, argv))
				continue;
			printf("%s\n", separator);
			put_row(&family->rows[i], family->name);
			separator = ",";
		}
	}
	printf("\n]\n");
	return fflush(stdout) != 0;
}
