/* SPDX-License-Identifier: MIT */
/* Looking rows of built-ins up; see builtin.h. */
#include "contract/builtin.h"
#include <string.h>

const struct dt_builtin *dt_builtin_at(const struct dt_builtins *all, size_t n)
{
	for (size_t f = 0; f < all->nfamilies; f++) {
		if (n < all->families[f]->nrows)
			return &all->families[f]->rows[n];
		n -= all->families[f]->nrows;
	}
	return NULL;
}

const struct dt_builtin *dt_builtin_find(const struct dt_builtins *all, const char *name,
					 enum dt_builtin_kind kind)
{
	const struct dt_builtin *row;

	for (size_t n = 0; (row = dt_builtin_at(all, n)); n++)
		if (row->kind == kind && !strcmp(row->name, name))
			return row;
	return NULL;
}

/* An action without code of its own has each argument recorded: RECORDS is then all it needs. */
bool dt_builtin_has_code(const struct dt_builtin *row)
{
	if (row->flags & DT_BF_CONST)
		return true;
	switch (row->kind) {
	case DT_BI_VAR:
	case DT_BI_SUBR: return row->emit != NULL;
	case DT_BI_ACTION:
		return row->emit_stmt || row->emit || row->show || row->perform ||
		       (row->flags & DT_BF_RECORDS);
	case DT_BI_AGGFUNC: return row->agg != NULL;
	}
	return false;
}
