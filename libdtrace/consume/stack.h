/* SPDX-License-Identifier: MIT */
/*
 * Texts of addresses and stacks, of the kernel and of processes.  Called by print.c, printf.c and
 * aggprint.c.  Lengths are those of the whole text, as snprintf's; a text that does not fit its
 * buffer is cut.
 */
#ifndef DT_CONSUME_STACK_H
#define DT_CONSUME_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "consume/datum.h"

struct dt_addr_names;
struct dt_out;

/* Enough for nearly every text of one address. */
#define DT_TEXT_MAX 1024

bool dt_is_symbol_action(uint16_t action); /* SYM, MOD, USYM, UMOD, UADDR */
/* The text of such an action's datum. */
size_t dt_text_symbol(const struct dt_addr_names *names, uint16_t action, const void *data,
		      char *buf, size_t size);
size_t dt_text_kaddr(const struct dt_addr_names *names, uint64_t addr, char *buf, size_t size);
size_t dt_text_uaddr(const struct dt_addr_names *names, pid_t pid, uint64_t addr, char *buf,
		     size_t size);
/* Frame NUMBER of a stack, without indentation; 0: there is none. NOTE (may be NULL): the "@text"
 * that jstack() shows below it. */
size_t dt_text_frame(const struct dt_addr_names *names, const struct dt_datum *stack,
		     uint32_t number, char *buf, size_t size, const char **note);
/* A whole stack, a line per frame. */
void dt_show_stack(struct dt_out *out, const struct dt_datum *stack, int indent);
/* Bytes at the top of a kernel stack that belong to functions between a tracepoint and its
 * programs: they are not shown. */
uint32_t dt_stack_skip(const struct dt_addr_names *names, const char *data, uint32_t size);

#endif
