/* SPDX-License-Identifier: MIT */
/*
 * The `show` and `perform` hooks of the rows in act_*.c (contract/builtin.h says what they do).  An
 * action without one is printed by its kind and type (consume/print.c).
 */
#ifndef DT_BUILTIN_SHOW_H
#define DT_BUILTIN_SHOW_H

#include <stdint.h>
#include "base/util.h"

struct dt_consume;
struct dt_out;
struct dt_record;

#define DT_SHOW_HOOK(name)                                                  \
	int name(struct dt_consume *consumer DT_UNUSED, struct dt_out *out, \
		 const struct dt_record *rec, uint32_t item)
DT_SHOW_HOOK(dt_show_printf);
DT_SHOW_HOOK(dt_show_printa);
DT_SHOW_HOOK(dt_show_print);
DT_SHOW_HOOK(dt_show_tracemem);
DT_SHOW_HOOK(dt_show_system);
DT_SHOW_HOOK(dt_show_freopen);

#define DT_PERFORM_HOOK(name) \
	int name(struct dt_consume *consumer DT_UNUSED, const struct dt_record *rec, uint32_t item)
DT_PERFORM_HOOK(dt_perform_clear);
DT_PERFORM_HOOK(dt_perform_normalize);
DT_PERFORM_HOOK(dt_perform_denormalize);
DT_PERFORM_HOOK(dt_perform_trunc);
DT_PERFORM_HOOK(dt_perform_setopt);
DT_PERFORM_HOOK(dt_perform_ftruncate);

#endif
