/* SPDX-License-Identifier: MIT */
/*
 * Memory in the code of a clause: scratch, stack objects, the state area, read-only data, and
 * reading by address.
 */
#ifndef DT_LOWER_MEMORY_H
#define DT_LOWER_MEMORY_H

#include "lower/context.h"

/* ---- scratch and stack ---- */
dt_vreg dt_cg_slot(struct dt_cg *cg);                /* pointer to the claimed scratch slot */
void dt_cg_set_slot(struct dt_cg *cg, dt_vreg slot); /* where the function finds it by itself */
/* BYTES of it, 8-aligned, until the statement ends. */
struct dt_mem dt_cg_scratch(struct dt_cg *cg, uint32_t bytes);
/* What is taken of it now stays until the clause ends: D knows its address. */
void dt_cg_keep_scratch(struct dt_cg *cg);
struct dt_mem dt_cg_stack(struct dt_cg *cg, uint32_t bytes); /* a stack object */

/* ---- state and read-only data ---- */
dt_vreg dt_cg_state(struct dt_cg *cg); /* pointer to struct dt_state */
/* The memory that all points of the provider share (notes_bytes). */
dt_vreg dt_cg_notes(struct dt_cg *cg);
/* Adds DATA to the plan's read-only data; returns its offset. */
uint32_t dt_cg_rodata(struct dt_cg *cg, const void *data, uint32_t size, uint32_t align);
dt_vreg dt_cg_rodata_ptr(struct dt_cg *cg, uint32_t off);

/* ---- addresses and sizes ---- */
/* The width of loads and stores of a number in SIZE bytes. */
static inline unsigned dt_cg_width(uint64_t size)
{
	return size == 1 || size == 2 || size == 4 ? (unsigned)size : 8;
}

dt_vreg dt_cg_mem_ptr(struct dt_cg *cg, struct dt_mem m);           /* for a helper's argument */
void dt_cg_zero(struct dt_cg *cg, struct dt_mem m, uint32_t bytes); /* multiples of 8 */
dt_vreg dt_cg_bound(struct dt_cg *cg, dt_vreg v, uint32_t max);     /* the smaller one, unsigned */

/* ---- reading by address; a bad one is a fault ---- */
/* WIDTH bytes as a number, zero-extended. */
dt_vreg dt_cg_read(struct dt_cg *cg, dt_vreg addr, uint32_t width, bool user);
/* The same of the kernel's memory, but a bad address is no fault: 0 is read. */
dt_vreg dt_cg_peek(struct dt_cg *cg, dt_vreg addr, uint32_t width);
void dt_cg_read_into(struct dt_cg *cg, struct dt_mem to, uint32_t size, dt_vreg addr, bool user);
/* OBJECT, a structure or an array. */
void dt_cg_read_object(struct dt_cg *cg, struct dt_mem to, uint32_t size, struct dt_val object);

#endif
