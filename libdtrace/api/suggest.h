/* SPDX-License-Identifier: MIT */
/* Names that a program may have meant. */
#ifndef DT_API_SUGGEST_H
#define DT_API_SUGGEST_H

#include "base/near.h"

void dt_suggest(void *dtp, enum dt_names which, struct dt_near *n); /* dt_names_fn */
void dt_macro_offer(struct dt_near *n);                             /* compile.c */

#endif
