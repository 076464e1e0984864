/* SPDX-License-Identifier: MIT */
/*
 * Functions that walk a string byte by byte: strstr(), index(), rindex(), cleanpath(), strtok(). 
 * All of them use bpf_loop() (Linux 5.17), whose rounds share a structure on the caller's stack.
 */
#include "runtime/rt.h"

/* ---- a text in a text ---- */

struct search {
	const char *s, *sub;
	u64 prefix, mask; /* the first up to 8 bytes of sub, and where they count */
	u64 at, step;     /* step: 1 or -1 */
	u64 rest;         /* bytes of sub beyond 8 */
	u64 cap, found;
	u64 done; /* bytes compared at this place */
};

/* Eight more bytes; ends where they differ. */
DT_RT s64 dt_rt_search_word(u32 round, struct search *f)
{
	u64 at = AT_MOST(f->at, f->cap - 8), done = AT_MOST(f->done, f->cap - 8),
	    left = OPAQUE(f->rest + 8 - f->done);
	u64 differ = word_at(f->s + at + done) ^ word_at(f->sub + done);

	(void)round;
	if (left < 8)
		differ &= (1ULL << (8 * left)) - 1;
	if (differ)
		return 1;
	f->done = OPAQUE(f->done + 8);
	return 0;
}

DT_RT s64 dt_rt_search_round(u32 round, struct search *f)
{
	u64 at = AT_MOST(f->at, f->cap - 1);

	(void)round;
	if (!((word_at(f->s + at) ^ f->prefix) & f->mask)) {
		f->done = OPAQUE(8);
		if (OPAQUE(f->rest))
			bpf_loop((u32)((f->rest + 7) >> 3), dt_rt_search_word, f, 0);
		if (OPAQUE(f->done) >= OPAQUE(f->rest) + 8) {
			f->found = 1;
			return 1;
		}
	}
	f->at = OPAQUE(f->at + f->step);
	return 0;
}

/* Looks at COUNT places from AT on; -1: found at none. */
INLINE s64 search(const char *s, const char *sub, u64 sublen, u64 at, u64 step, u64 count, u32 cap)
{
	struct search f = { .s = s,
			    .sub = sub,
			    .prefix = word_at(sub),
			    .mask = -1ULL,
			    .at = OPAQUE(at),
			    .step = step,
			    .cap = cap };

	if (sublen < 8)
		f.mask = (1ULL << (8 * sublen)) - 1;
	f.rest = OPAQUE(sublen > 8 ? sublen - 8 : 0);
	bpf_loop((u32)AT_MOST(count, cap), dt_rt_search_round, &f, 0);
	return f.found ? (s64)f.at : -1;
}

/* An empty string is found at the start; in an empty one nothing else is. */
DT_RT s64 dt_rt_strstr(const char *s, const char *sub, u32 cap)
{
	u64 len = scan_len(s, cap), sublen = scan_len(sub, cap);

	if (!sublen && !len)
		return 0;
	return search(s, sub, sublen, 0, 1, len, cap);
}

/*
 * index(): as Perl's.  A negative place is 0.  Beyond the end nothing is found, but "" at the end;
 * with both empty, 0.
 */
DT_RT s64 dt_rt_index(const char *s, const char *sub, s64 pos, u32 cap)
{
	u64 len = scan_len(s, cap), sublen = scan_len(sub, cap);

	if (!sublen && !len)
		return 0;
	if (pos < 0)
		pos = 0;
	if ((u64)pos >= len)
		return sublen ? -1 : (s64)len;
	return search(s, sub, sublen, (u64)pos, 1, len - (u64)pos, cap);
}

/* rindex(): as Perl's.  A place beyond the end is the end; at a negative one only "" is found, at
 * 0. */
DT_RT s64 dt_rt_rindex(const char *s, const char *sub, s64 pos, u32 cap)
{
	u64 len = scan_len(s, cap), sublen = scan_len(sub, cap);

	if (!sublen && !len)
		return 0;
	if (pos < 0)
		return sublen ? -1 : 0;
	if ((u64)pos > len)
		pos = (s64)len;
	return search(s, sub, sublen, (u64)pos, -1ULL, (u64)pos + 1, cap);
}

/* ---- cleanpath() ---- */

struct clean {
	char *dst;
	const char *s;
	u64 in, out; /* places */
	u64 cap;
};

/* The last component of what is kept is "..", which nothing takes back; SLASH is before it. */
INLINE int ends_with_parent(const struct clean *c, s64 slash)
{
	u64 start = OPAQUE(slash + 1);
	const char *last = c->dst + AT_MOST(start, c->cap - 2);

	return OPAQUE(c->out) - start == 2 && OPAQUE(last[0]) == '.' && OPAQUE(last[1]) == '.';
}

INLINE void keep(struct clean *c, u64 n, char ch)
{
	c->dst[AT_MOST(OPAQUE(c->out + n), c->cap - 1)] = ch;
}

/* One step: a component's start, or one character. */
DT_RT s64 dt_rt_cleanpath_round(u32 round, struct clean *c)
{
	u64 in = AT_MOST(c->in, c->cap - 1), out;
	const char *s = c->s + in;
	u32 n; /* characters that are kept */

	(void)round;
	if (OPAQUE(c->out) + 1 >= c->cap)
		return 1;
	if (s[0] != '/')
		n = 1;
	else if (s[1] == '/' || (s[1] == '.' && s[2] == '/'))
		n = 0;
	else if (s[1] != '.')
		n = 2;
	else if (s[2] != '.')
		n = 3;
	else if (s[3] != '/' && s[3])
		n = 4;
	else { /* "/..": back to the slash before */
		s64 slash = scan_last(c->dst, '/', 0, OPAQUE(c->out), c->cap);

		if (ends_with_parent(c, slash)) {
			n = 3;
			goto copy;
		}
		out = OPAQUE(slash < 0 ? 0 : slash);
		c->out = OPAQUE(out);
		c->in = OPAQUE(c->in + 3);
		if (s[3])
			return 0;
		c->dst[AT_MOST(out, c->cap - 1)] = '/';
		c->out = OPAQUE(c->out + 1);
		return 1;
	}
	if (!n) {
		c->in = OPAQUE(c->in + (s[1] == '/' ? 1 : 2));
		return 0;
	}
copy:
	keep(c, 0, s[0]);
	if (n > 1)
		keep(c, 1, s[1]);
	if (n > 2)
		keep(c, 2, s[2]);
	if (n > 3)
		keep(c, 3, s[3]);
	if (!s[n - 1]) {
		c->out = OPAQUE(c->out + n - 1);
		return 1;
	}
	c->out = OPAQUE(c->out + n);
	c->in = OPAQUE(c->in + n);
	return 0;
}

/*
 * cleanpath(): without "/./", "//", and "/../" together with what is before it; "/.." at the root
 * is the root, "../.." stays.  A lone "/." at the end stays.  No link is followed.
 */
DT_RT u64 dt_rt_cleanpath(char *dst, const char *s, u32 cap)
{
	struct clean c = { .dst = dst, .s = s, .in = OPAQUE(0), .out = OPAQUE(0), .cap = cap };
	u64 out;

	bpf_loop(cap, dt_rt_cleanpath_round, &c, 0);
	out = AT_MOST(c.out, cap - 1);
	dst[out] = 0;
	return out + 1;
}

/* ---- strtok() ---- */

struct token {
	u64 set[4]; /* the delimiters, a bit each */
	char *text;
	u64 at;
	u64 cap, skip; /* skip: over delimiters, otherwise up to one */
};

INLINE u64 in_set(const u64 *set, u32 c)
{
	u64 w = c & 128 ? (c & 64 ? set[3] : set[2]) : (c & 64 ? set[1] : set[0]);

	return w >> (c & 63) & 1;
}

DT_RT s64 dt_rt_strtok_collect(u32 round, struct token *t)
{
	u32 c = (u8)t->text[AT_MOST(t->at, t->cap - 1)];
	u64 bit = 1ULL << (c & 63);

	(void)round;
	if (!c)
		return 1;
	t->set[c >> 6 & 3] = OPAQUE(t->set[c >> 6 & 3] | bit);
	t->at = OPAQUE(t->at + 1);
	return 0;
}

DT_RT s64 dt_rt_strtok_round(u32 round, struct token *t)
{
	u32 c = (u8)t->text[AT_MOST(t->at, t->cap - 1)];

	(void)round;
	if (!c || in_set(t->set, c) != t->skip)
		return 1;
	t->at = OPAQUE(t->at + 1);
	return 0;
}

/*
 * strtok(): skips delimiters; the token is what comes before the next one.  The caller keeps string
 * and place between calls.
 */
DT_RT s64 dt_rt_strtok(char *dst, u64 addr, const char *delimiters, u32 cap, u64 pos)
{
	struct token t = { .text = (char *)delimiters, .at = OPAQUE(0), .cap = cap, .skip = 1 };
	u64 from, n;

	bpf_loop(cap, dt_rt_strtok_collect, &t, 0);
	if (probe_read_kernel_str(dst, cap, ADDRESS(addr) + pos) < 1)
		return -1;
	t.text = dst;
	t.at = OPAQUE(0);
	bpf_loop(cap, dt_rt_strtok_round, &t, 0);
	from = AT_MOST(t.at, cap - 1);
	if (!dst[from])
		return -1;
	t.skip = 0;
	bpf_loop(cap, dt_rt_strtok_round, &t, 0);
	n = AT_MOST(t.at - from, cap - 1);
	probe_read_kernel(dst, n, ADDRESS(addr) + pos + from);
	dst[n] = 0;
	return (s64)(pos + from + n);
}
