/* SPDX-License-Identifier: MIT */
/*
 * Which aggregations and arrays share a map.  A program may use 64 maps, so a script with many of
 * them puts those of like sizes into one.  Called by the layout stages of both.
 */
#ifndef DT_LOWER_SHARE_H
#define DT_LOWER_SHARE_H

#include <stddef.h>
#include <stdint.h>

struct dt_arena;

/* Up to so many of a kind have a map of their own; keyed aggregations have a pair and a reserve. */
#define DT_MAPS_PER_KIND 6

/* What needs a place: the sizes of its key and value, and the group that it gets. */
struct dt_sharer {
	uint32_t key_size, value_size;
	uint32_t group;
};

struct dt_share_group {
	uint32_t nmembers;
	uint32_t key_size, value_size; /* the largest of its members' */
	/* How many times the room of one it has.  All groups together have that of
	 * DT_MAPS_PER_KIND, or of all members if those are fewer. */
	uint32_t rooms;
};

/*
 * Puts N sharers into at most DT_MAPS_PER_KIND groups: one each while they are few, else those of
 * like sizes together, so that little is padded.  Returns the number of groups.
 */
uint32_t dt_share(struct dt_arena *arena, struct dt_sharer *sharers, size_t n,
		  struct dt_share_group groups[DT_MAPS_PER_KIND]);

#endif
