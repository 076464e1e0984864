/* SPDX-License-Identifier: MIT */
/*
 * The formats of printf(), printa(), system() and freopen(): parsing text into a struct dt_fmt
 * (contract/format.h), and checking its conversions against the types of the arguments.  The
 * checker calls both for actions with a format, api/ the parser for dtrace_printf_create().
 *
 * A format lies in the arena of the compile that parsed it.  dt_fmt_check() stores the type of each
 * argument in its part; after that the format does not change.
 */
#ifndef DT_CHECK_FORMAT_H
#define DT_CHECK_FORMAT_H

#include "base/fail.h"
#include "contract/format.h"

struct dt_agg;

/* Parses TEXT; errors are D_SYNTAX at LOC. */
struct dt_fmt *dt_fmt_parse(struct dt_compile *compile, const struct dt_loc *loc, const char *text);
/* Checks a format of FUNC against TYPES, those of the arguments after the format. */
void dt_fmt_check(struct dt_compile *compile, const struct dt_loc *loc, struct dt_fmt *fmt,
		  const char *func, const struct dt_type *const *types, uint32_t ntypes);
/* Checks a format of printa(): %@ takes values of AGGS, other conversions the keys of the first
 * one. */
void dt_fmt_check_aggs(struct dt_compile *compile, const struct dt_loc *loc, struct dt_fmt *fmt,
		       const char *func, struct dt_agg *const *aggs, uint32_t naggs);
/* All conversions, for the manual. */
const struct dt_conv *dt_fmt_convs(uint32_t *n);

#endif
