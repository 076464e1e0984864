/* SPDX-License-Identifier: MIT */
/* A program's own memory: what alloca() and copyin() give, until the clause ends. */
#ifndef DT_LOWER_OWN_H
#define DT_LOWER_OWN_H

#include "lower/context.h"

#define DT_OWN_MAX 4096 /* bytes of a block */

struct dt_mem dt_cg_own_block(struct dt_cg *cg, uint32_t size);
/* A block of SIZE bytes, which only the run knows; more than DT_OWN_MAX are a fault.  SIZE is
 * bounded afterwards. */
struct dt_mem dt_cg_own_block_of(struct dt_cg *cg, dt_vreg *size);
/* N bytes, at most MAX, at the address ADDR.  A fault unless they lie in one block. */
struct dt_mem dt_cg_own_mem(struct dt_cg *cg, dt_vreg addr, dt_vreg n, uint32_t max);

#endif
