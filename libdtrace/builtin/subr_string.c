/* SPDX-License-Identifier: MIT */
/* Subroutines on text.  The checker has made every `const char *` argument a STRING. */
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/checker.h"

const struct dt_builtin dt_builtins_subr_string[] = {
	{ "basename", DT_BI_SUBR, "string(const char *)", .doc = "The last component of a path." },
	{ "cleanpath", DT_BI_SUBR, "string(const char *)", .doc = "A path without /./, /../ and double slashes." },
	{ "dirname", DT_BI_SUBR, "string(const char *)", .doc = "A path without its last component." },
	{ "index", DT_BI_SUBR, "int(const char *, const char *, [int])",
	  .doc = "Place of the second text in the first, from the third argument on; -1 where there is none." },
	{ "json", DT_BI_SUBR, "string(const char *, const char *)",
	  .doc = "The value at a path (\"a.b[2]\") of a JSON text." },
	{ "rindex", DT_BI_SUBR, "int(const char *, const char *, [int])",
	  .doc = "Last place of the second text in the first; -1 where there is none." },
	{ "strchr", DT_BI_SUBR, "string(const char *, char)", .doc = "The text from a character's first place on." },
	{ "strjoin", DT_BI_SUBR, "string(const char *, const char *)", .doc = "Two texts as one." },
	{ "strlen", DT_BI_SUBR, "size_t(const char *)", .doc = "Length of a text in bytes." },
	{ "strrchr", DT_BI_SUBR, "string(const char *, char)", .doc = "The text from a character's last place on." },
	{ "strstr", DT_BI_SUBR, "string(const char *, const char *)",
	  .doc = "The first text from the second's first place on." },
	{ "strtok", DT_BI_SUBR, "string(const char *, const char *)",
	  .doc = "The next token of a text; NULL goes on where the last call in this thread stopped." },
	{ "substr", DT_BI_SUBR, "string(const char *, int, [int])",
	  .doc = "The text from a place on, at most so many characters; negative places count from the end." },
	{ "tolower", DT_BI_SUBR, "string(const char *)", .doc = "The text in lower case." },
	{ "toupper", DT_BI_SUBR, "string(const char *)", .doc = "The text in upper case." },
};
const size_t dt_nbuiltins_subr_string = ARRAY_SIZE(dt_builtins_subr_string);
