/* SPDX-License-Identifier: MIT */
/*
 * BPF ring buffers (5.8), read through their own mappings: the consumer's page is writable, the
 * producer's page and the data are not.  consume/ reads a ring's records in batches and publishes
 * its position once per batch, which libbpf's reader does not allow.
 */
#include <sys/mman.h>
#include "bpf/ctx.h"

int dt_ring_create(struct dt_bpf *ctx, size_t size, const char *name, struct dt_ring *out)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), rounded = page;
	struct dt_bpf_map_spec spec = { .type = BPF_MAP_TYPE_RINGBUF, .name = name };
	struct dt_ring ring = { 0 };
	void *mem;
	int err;

	while (rounded < size)
		rounded *= 2;
	if (rounded > 1U << 31)
		return -E2BIG;
	ring.size = spec.max_entries = (uint32_t)rounded;
	ring.fd = dt_bpf_map_create(ctx, &spec);
	if (ring.fd < 0)
		return ring.fd;
	mem = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fd, 0);
	err = mem == MAP_FAILED ? -errno : dt_bpf_own_mapping(ctx, mem, page);
	if (err)
		goto out;
	ring.consumer_pos = mem;
	mem = mmap(NULL, page + 2 * rounded, PROT_READ, MAP_SHARED, ring.fd, (off_t)page);
	err = mem == MAP_FAILED ? -errno : dt_bpf_own_mapping(ctx, mem, page + 2 * rounded);
	if (err)
		goto out;
	ring.producer_pos = mem;
	ring.data = (const uint8_t *)mem + page;
	*out = ring;
	return 0;
out:
	dt_ring_close(ctx, &ring);
	return err;
}

void dt_ring_close(struct dt_bpf *ctx, struct dt_ring *ring)
{
	if (ring->consumer_pos)
		dt_bpf_unmap(ctx, ring->consumer_pos);
	if (ring->producer_pos)
		dt_bpf_unmap(ctx, (void *)ring->producer_pos);
	if (ring->fd > 0)
		dt_bpf_close(ctx, ring->fd);
	*ring = (struct dt_ring){ 0 };
}

int64_t dt_ring_consume(struct dt_ring *ring, dt_ring_fn fn, void *arg)
{
	const void *rec;
	uint32_t len;
	int64_t n = 0;
	int ret = 0;

	while (ret >= 0 && (rec = dt_ring_next(ring, &len))) {
		ret = fn(arg, rec, len);
		n++;
	}
	dt_ring_publish(ring);
	return ret < 0 ? ret : n;
}
