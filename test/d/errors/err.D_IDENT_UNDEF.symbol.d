/* SPDX-License-Identifier: MIT */
/* A kernel symbol has to exist. */
BEGIN { trace(`no_such_symbol_in_any_kernel); exit(0); }
