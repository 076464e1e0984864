/* SPDX-License-Identifier: MIT */
/* lower/: which aggregations and arrays share a map. */
#include "base/arena.h"
#include "base/util.h"
#include "lower/share.h"
#include "test.h"

static struct dt_share_group groups[DT_MAPS_PER_KIND];
static struct dt_sharer sharers[500];

/* The groups' members and rooms add up, and every sharer fits into its group. */
static uint32_t share(size_t n)
{
	struct dt_arena *arena = dt_arena_new();
	uint32_t count = dt_share(arena, sharers, n, groups), members = 0, rooms = 0;

	for (uint32_t g = 0; g < count; g++) {
		members += groups[g].nmembers;
		rooms += groups[g].rooms;
		CHECK(groups[g].rooms >= 1 && groups[g].rooms <= groups[g].nmembers);
	}
	for (size_t i = 0; i < n; i++) {
		CHECK(sharers[i].group < count);
		CHECK(sharers[i].key_size <= groups[sharers[i].group].key_size);
		CHECK(sharers[i].value_size <= groups[sharers[i].group].value_size);
	}
	CHECK_INT(members, n);
	CHECK_INT(rooms, DT_MIN(n, (size_t)DT_MAPS_PER_KIND));
	dt_arena_free(arena);
	return count;
}

static void fill(size_t n, uint32_t key_kinds, uint32_t value_kinds)
{
	for (size_t i = 0; i < n; i++)
		sharers[i] =
			(struct dt_sharer){ .key_size = 8 * (uint32_t)(i % key_kinds + 1),
					    .value_size = 8 * (uint32_t)(i % value_kinds + 1) };
}

static void test_few_are_alone(void)
{
	CHECK_INT(share(0), 0);
	fill(1, 1, 1);
	CHECK_INT(share(1), 1);
	fill(DT_MAPS_PER_KIND, 1, 1);
	CHECK_INT(share(DT_MAPS_PER_KIND), DT_MAPS_PER_KIND);
}

static void test_equal_sizes_share(void)
{
	fill(9, 1, 1);
	CHECK_INT(share(9), 1);
	CHECK_INT(groups[0].rooms, DT_MAPS_PER_KIND);
	fill(500, 3, 1);
	CHECK_INT(share(500), 3);
	for (size_t i = 3; i < 500; i++)
		CHECK_INT(sharers[i].group, sharers[i % 3].group);
}

static void test_like_sizes_share(void)
{
	fill(500, 20, 17);
	CHECK_INT(share(500), DT_MAPS_PER_KIND);
	/* One that is large shares with nobody: all others would be padded. */
	fill(100, 12, 1);
	sharers[50].value_size = 32000;
	CHECK_INT(share(100), DT_MAPS_PER_KIND);
	CHECK_INT(groups[sharers[50].group].nmembers, 1);
	CHECK_INT(groups[sharers[0].group].value_size, 8);
}

int main(void)
{
	test_few_are_alone();
	test_equal_sizes_share();
	test_like_sizes_share();
	return test_end();
}
