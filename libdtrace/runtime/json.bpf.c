/* SPDX-License-Identifier: MIT */
/*
 * json(): the value at a path ("a.b[2].c", "[3].name") of a JSON text.
 *
 * The text is walked once, a character a round (bpf_loop, Linux 5.17), along the path: what the
 * path does not lead into is skipped by counting brackets.  The value is a stretch of the text,
 * copied at the end: objects and arrays whole, strings without their quotes and with their escapes
 * as they stand, numbers and words as they stand. Nothing is found (NULL) where the path leads
 * nowhere or the text on the way there is not JSON.
 */
#include "runtime/rt.h"

enum state { TOP, KEY, IN_KEY, COLON, VALUE, IN_STRING, IN_SCALAR, NESTED, COMMA };

enum flag {
	MATCHES = 1u << 0, /* the key in hand so far, then its value, is the one looked for */
	IN_ARRAY = 1u << 1,
	QUOTED = 1u << 2, /* in a string inside of what is skipped */
	ESCAPED = 1u << 3,
	FOUND = 1u << 4,
};

struct json {
	const char *s, *path;
	u64 cap;
	u64 at, state, flags;
	u64 element; /* place in the path of the element that is looked for here */
	u64 next; /* of the separator behind the element that matched; in the end, where the value
		     ends */
	u64 index, want; /* in an array */
	u64 depth, from;
};

INLINE u64 has(const struct json *j, u64 flag)
{
	return OPAQUE(j->flags) & flag;
}

INLINE void set(struct json *j, u64 flag, u64 on)
{
	j->flags = OPAQUE(on ? j->flags | flag : j->flags & ~flag);
}

INLINE u32 path_at(const struct json *j, u64 at)
{
	return (u8)j->path[AT_MOST(at, j->cap - 1)];
}

INLINE int is_end(u32 c)
{
	return !c || c == '.' || c == '[';
}

INLINE int is_space(u32 c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* In front of the first member of an object, or of the first value of an array. */
INLINE void enter(struct json *j, u32 bracket)
{
	u64 at = j->element, want = 0;

	set(j, MATCHES, 0);
	set(j, IN_ARRAY, bracket == '[');
	j->state = OPAQUE(bracket == '[' ? VALUE : KEY);
	if (bracket != '[')
		return;
	for (u32 i = 0; i < 9; i++) {
		u32 digit = path_at(j, at) - '0';

		if (digit > 9)
			break;
		want = OPAQUE(want * 10 + digit);
		at = OPAQUE(at + 1);
	}
	j->next = OPAQUE(path_at(j, at) == ']' ? at + 1 : at);
	j->index = OPAQUE(0);
	j->want = OPAQUE(want);
	set(j, MATCHES, !OPAQUE(want));
}

INLINE void match_key(struct json *j, u32 c)
{
	u32 p;

	if (path_at(j, j->next) == ']')
		j->next = OPAQUE(j->next + 1);
	p = path_at(j, j->next);
	if (p != c || is_end(p))
		set(j, MATCHES, 0);
	j->next = OPAQUE(j->next + 1);
}

/* A value ends in front of END. True: that is it, or nothing will be. */
INLINE u64 end_value(struct json *j, u64 end, int whole)
{
	j->state = OPAQUE(COMMA);
	if (!has(j, MATCHES))
		return 0;
	if (whole || !path_at(j, j->next)) {
		j->next = OPAQUE(end);
		set(j, FOUND, 1);
	}
	return 1;
}

INLINE u64 in_text(struct json *j, u32 c)
{
	if (has(j, ESCAPED)) {
		set(j, ESCAPED, 0);
		return 0;
	}
	set(j, ESCAPED, c == '\\');
	return c == '"';
}

INLINE u64 in_key(struct json *j, u32 c)
{
	if (!in_text(j, c)) {
		match_key(j, c);
		return 0;
	}
	if (path_at(j, j->next) == ']')
		j->next = OPAQUE(j->next + 1);
	if (!is_end(path_at(j, j->next)))
		set(j, MATCHES, 0);
	j->state = OPAQUE(COLON);
	return 0;
}

INLINE u64 begin_value(struct json *j, u32 c)
{
	j->from = OPAQUE(j->at);
	if (c == '{' || c == '[') {
		if (has(j, MATCHES) && path_at(j, j->next)) {
			j->element = OPAQUE(j->next + 1);
			enter(j, c);
			return 0;
		}
		j->depth = OPAQUE(1);
		set(j, QUOTED, 0);
		j->state = OPAQUE(NESTED);
		return 0;
	}
	if (c == '"') {
		j->from = OPAQUE(j->at + 1);
		j->state = OPAQUE(IN_STRING);
		return 0;
	}
	j->state = OPAQUE(IN_SCALAR);
	return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
}

INLINE u64 in_nested(struct json *j, u32 c)
{
	if (has(j, QUOTED)) {
		if (in_text(j, c))
			set(j, QUOTED, 0);
		return 0;
	}
	if (c == '"')
		set(j, QUOTED, 1);
	if (c == '{' || c == '[')
		j->depth = OPAQUE(j->depth + 1);
	if (c != '}' && c != ']')
		return 0;
	j->depth = OPAQUE(j->depth - 1);
	return OPAQUE(j->depth) ? 0 : end_value(j, j->at + 1, 1);
}

INLINE u64 in_scalar(struct json *j, u32 c)
{
	if (((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
	    c == '-' || c == '+')
		return 0;
	if (end_value(j, j->at, 0))
		return 1;
	j->at = OPAQUE(j->at - 1); /* this character is to be looked at again */
	return 0;
}

INLINE u64 after_value(struct json *j, u32 c)
{
	if (c != ',')
		return 1;
	if (!has(j, IN_ARRAY)) {
		j->state = OPAQUE(KEY);
		return 0;
	}
	j->index = OPAQUE(j->index + 1);
	set(j, MATCHES, OPAQUE(j->index) == OPAQUE(j->want));
	j->state = OPAQUE(VALUE);
	return 0;
}

INLINE u64 structural(struct json *j, u32 c, u64 state)
{
	switch (state) {
	case TOP: enter(j, c); return c != '{' && c != '[';
	case KEY:
		j->state = OPAQUE(IN_KEY);
		j->next = OPAQUE(j->element);
		set(j, MATCHES, 1);
		return c != '"';
	case COLON: j->state = OPAQUE(VALUE); return c != ':';
	case VALUE: return begin_value(j, c);
	default: return after_value(j, c);
	}
}

/* 1 ends the walk. */
DT_RT s64 dt_rt_json_round(u32 round, struct json *j)
{
	u32 c = (u8)j->s[AT_MOST(j->at, j->cap - 1)];
	u64 state = OPAQUE(j->state), stop;

	(void)round;
	if (!c)
		return 1;
	if (state == IN_KEY)
		stop = in_key(j, c);
	else if (state == IN_STRING)
		stop = in_text(j, c) ? end_value(j, j->at, 0) : 0;
	else if (state == IN_SCALAR)
		stop = in_scalar(j, c);
	else if (state == NESTED)
		stop = in_nested(j, c);
	else
		stop = is_space(c) ? 0 : structural(j, c, state);
	j->at = OPAQUE(j->at + 1);
	return stop ? 1 : 0;
}

DT_RT s64 dt_rt_json(char *dst, const char *s, const char *path, u32 cap)
{
	struct json j = { .s = s, .path = path, .cap = cap };
	u64 n;

	j.at = OPAQUE(0);
	j.state = OPAQUE(TOP);
	j.element = OPAQUE(path[0] == '[');
	j.flags = OPAQUE(0);
	j.next = j.index = j.want = j.depth = j.from = OPAQUE(0);
	/* every scalar costs one round more */
	bpf_loop(2 * cap, dt_rt_json_round, &j, 0);
	if (!has(&j, FOUND))
		return -1;
	n = AT_MOST(j.next - j.from, cap - 1);
	if (probe_read_kernel(dst, n, ADDRESS(s) + j.from) < 0)
		return -1;
	dst[n] = 0;
	return (s64)n + 1;
}
