/* SPDX-License-Identifier: MIT */
/* Speculation: data that is recorded on trial, and kept or thrown away later. */
#include <sys/dtrace.h>
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/checker.h"

const struct dt_builtin dt_builtins_act_spec[] = {
	{ "speculation", DT_BI_SUBR, "int()", .doc = "Id of a free speculation, 0 where all are in use." },
	{ "commit", DT_BI_ACTION, "void(int)", DT_BF_COMMIT | DT_BF_NORECORD, DTRACEACT_COMMIT,
	  .doc = "Keeps what was speculated under an id." },
	{ "discard", DT_BI_ACTION, "void(int)", DT_BF_DISCARD | DT_BF_NORECORD, DTRACEACT_DISCARD,
	  .doc = "Throws away what was speculated under an id." },
	{ "speculate", DT_BI_ACTION, "void(int)", DT_BF_SPECULATE | DT_BF_NORECORD, DTRACEACT_SPECULATE,
	  .doc = "What the clause records from here on goes to the speculation of that id." },
};
const size_t dt_nbuiltins_act_spec = ARRAY_SIZE(dt_builtins_act_spec);
