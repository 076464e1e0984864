/* SPDX-License-Identifier: MIT */
/*
 * All built-ins of D.  api/ hands dt_all_builtins down to the checker, from where the rows reach
 * the code generator and the consumer.  The list of families is in builtin/meson.build.
 */
#ifndef DT_BUILTIN_BUILTINS_H
#define DT_BUILTIN_BUILTINS_H

#include "contract/builtin.h"

extern const struct dt_builtins *const dt_all_builtins;

/* since.c: the version of D that brought NAME. */
uint32_t dt_builtin_since(const char *name);

#endif
