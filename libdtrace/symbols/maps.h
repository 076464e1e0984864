/* SPDX-License-Identifier: MIT */
/* The inside of dt_usyms: what is known of one process, and the parts that user.c is made of.
 * Nothing outside of the room includes this. */
#ifndef DT_SYMBOLS_MAPS_H
#define DT_SYMBOLS_MAPS_H

#include "base/vec.h"
#include "symbols/symbols.h"

/* /proc/PID/maps as read at one time. */
struct dt_maps {
	char *text; /* the paths point in here */
	size_t text_len;
	DT_VEC(struct dt_mapping) list; /* by address */
};

/* Returns 0 or -errno (-ESRCH: no such process).  MAPS is zeroed first; the caller calls
 * dt_maps_free() in any case. */
int dt_maps_read(pid_t pid, struct dt_maps *maps);
/* Takes apart MAPS->text, which is changed. 0 or -ENOMEM. */
int dt_maps_parse(struct dt_maps *maps);
void dt_maps_free(struct dt_maps *maps);
const struct dt_mapping *dt_maps_find(const struct dt_maps *maps, uint64_t addr);
bool dt_mapping_is_file(const struct dt_mapping *map);
/* A path that opens the mapped file from here; false: too long. */
bool dt_mapping_open_path(pid_t pid, const struct dt_mapping *map, char *buf, size_t size);

/* Names of code made at run time, from /tmp/perf-PID.map. */
struct dt_perfmap;
/* The symbol at an address.  Reads the file again when its size has changed; only a file of the
 * process's user counts, which was USER when it was last seen.  *MAP starts as NULL. False: no
 * symbol. */
bool dt_perfmap_find(struct dt_perfmap **map, pid_t pid, uid_t user, uint64_t addr,
		     const char **name, uint64_t *start, uint64_t *size);
void dt_perfmap_free(struct dt_perfmap *map);

/* /proc/PID/NAME, NUL-terminated, into *TEXT (malloc'ed). The length or -errno. */
ssize_t dt_read_proc(pid_t pid, const char *name, char **text);

#endif
