/* SPDX-License-Identifier: MIT */
/*
 * Whether the kernel's return trampoline may be used in a process.  A return probe of the kernel
 * (uretprobe) replaces the return address on the stack by that of its trampoline.  Code that
 * unwinds the stack ends there: a C++ exception that should be caught further up kills the
 * process, as do a Go stack that grows and a thread's stack that is not the one the kernel expects.
 */
#ifndef DT_PROVIDERS_UNWINDING_H
#define DT_PROVIDERS_UNWINDING_H

#include "symbols/symbols.h"

/* Values of the option `returns`. */
enum dt_returns { DT_RETURNS_AUTO, DT_RETURNS_TRAMPOLINE, DT_RETURNS_DECODE };

/* Whether code in the process can unwind a stack, or switch to another one, as far as its objects
 * show. */
bool dt_may_unwind(struct dt_usyms *us, struct dt_objects *objects, pid_t pid);

#endif
