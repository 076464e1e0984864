/* SPDX-License-Identifier: MIT */
/*
 * The conversions of printf() and printa() (printf.h): a function for each style of
 * check/format.c's table.  Flags go to C's printf in the order # 0 - + ' blank.  A precision of 0
 * counts as none.  Integers convert at their own width.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <string.h>
#include <time.h>
#include "consume/context.h"
#include "consume/escape.h"
#include "consume/output.h"
#include "consume/printf.h"
#include "consume/stack.h"
#include "types/types.h"

struct put {
	struct dt_out *out;
	const struct dt_fmt_arg *arg;
};

/* Room for a '%', six flags, a width, '.' and a precision of eleven characters each, and a tail. */
#define C_FORMAT_MAX 64

/* C's format for one argument: flags, width, precision, then TAIL, at most three letters. */
static const char *c_format(const struct dt_fmt_arg *arg, const char *tail, char *buf)
{
	static const struct {
		uint32_t flag;
		char c;
	} order[] = {
		{ DT_FF_ALT, '#' },  { DT_FF_ZERO, '0' },   { DT_FF_LEFT, '-' },
		{ DT_FF_PLUS, '+' }, { DT_FF_GROUP, '\'' }, { DT_FF_BLANK, ' ' },
	};
	int n = 0;

	buf[n++] = '%';
	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		if (arg->flags & order[i].flag)
			buf[n++] = order[i].c;
	if (arg->width)
		n += snprintf(buf + n, C_FORMAT_MAX - (size_t)n, "%d", arg->width);
	if (arg->prec)
		n += snprintf(buf + n, C_FORMAT_MAX - (size_t)n, ".%d", arg->prec);
	snprintf(buf + n, C_FORMAT_MAX - (size_t)n, "%s", tail);
	return buf;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
#define PUT(p, tail, value)                                                         \
	do {                                                                        \
		char fmt_[C_FORMAT_MAX];                                            \
		dt_out_printf((p)->out, c_format((p)->arg, (tail), fmt_), (value)); \
	} while (0)

static int64_t value_of(const struct put *p, bool is_signed)
{
	return dt_datum_int(p->arg->datum.data, p->arg->datum.size, is_signed);
}

/* LEN bytes of text in the field that width and precision ask for. */
static void put_field(const struct put *p, const char *text, size_t len)
{
	if (p->arg->prec > 0 && len > (size_t)p->arg->prec)
		len = (size_t)p->arg->prec;
	dt_out_field(p->out, text, len, (size_t)DT_MAX(p->arg->width, 0),
		     p->arg->flags & DT_FF_LEFT);
}

/* What "%d" alone gives, which nearly all integers are printed with. */
static void put_decimal(struct dt_out *out, int64_t value)
{
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char text[24], *at = text + sizeof(text);

	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		*--at = '-';
	dt_out_write(out, at, (size_t)(text + sizeof(text) - at));
}

static void put_int(const struct put *p)
{
	const struct dt_conv *conv = p->arg->conv;
	const struct dt_type *type = p->arg->datum.type;
	bool is_signed = conv->letter == 'd' && (!type || dt_type_is_signed(type));
	char tail[] = { 'l', 'l', conv->letter == 'd' && !is_signed ? 'u' : conv->letter, '\0' };
	long long value = value_of(p, is_signed);

	if (is_signed && !p->arg->flags && !p->arg->width && !p->arg->prec)
		put_decimal(p->out, value);
	else
		PUT(p, tail, value);
}

static void put_pointer(const struct put *p)
{
	PUT(p, "llx", (unsigned long long)value_of(p, false));
}

static void put_char(const struct put *p)
{
	char c = (char)value_of(p, false);

	put_field(p, &c, 1);
}

static void put_string(const struct put *p)
{
	put_field(p, p->arg->datum.data, strnlen(p->arg->datum.data, p->arg->datum.size));
}

static void put_escaped(const struct put *p, const char *text, size_t len)
{
	struct dt_strbuf b = { 0 };

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"' || text[i] == '\\')
			dt_strbuf_putc(&b, '\\');
		dt_escape_char(&b, (unsigned char)text[i]);
	}
	put_field(p, dt_strbuf_str(&b), b.len);
	dt_strbuf_free(&b);
}

static void put_escaped_string(const struct put *p)
{
	put_escaped(p, p->arg->datum.data, strnlen(p->arg->datum.data, p->arg->datum.size));
}

static void put_escaped_char(const struct put *p)
{
	char c = (char)value_of(p, false);

	put_escaped(p, &c, 1);
}

/* ---- addresses ---- */

static void put_text(const struct put *p, const char *text)
{
	put_field(p, text, strlen(text));
}

static void put_addr(const struct put *p)
{
	const struct dt_datum *d = &p->arg->datum;
	char text[DT_TEXT_MAX];

	if (dt_is_symbol_action(d->action))
		dt_text_symbol(&p->out->con->names, d->action, d->data, text, sizeof(text));
	else if (p->arg->conv->style == DT_FMT_UADDR)
		dt_text_uaddr(&p->out->con->names, p->out->con->target,
			      (uint64_t)value_of(p, false), text, sizeof(text));
	else
		dt_text_kaddr(&p->out->con->names, (uint64_t)value_of(p, false), text,
			      sizeof(text));
	put_text(p, text);
}

static void put_stack(const struct put *p)
{
	dt_show_stack(p->out, &p->arg->datum, p->arg->flags & DT_FF_LEFT ? p->arg->width : 0);
}

/* ---- times and the network ---- */

static void put_time(const struct put *p)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(value_of(p, false) / INT64_C(1000000000));
	struct tm tm;
	char text[64] = "";

	if (localtime_r(&seconds, &tm))
		snprintf(text, sizeof(text), "%d %.3s %2d %02d:%02d:%02d", tm.tm_year + 1900,
			 months + 3 * tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
	put_text(p, text);
}

static void put_date(const struct put *p)
{
	time_t seconds = (time_t)(value_of(p, false) / INT64_C(1000000000));
	struct tm tm;
	char text[128] = "";

	if (localtime_r(&seconds, &tm))
		strftime(text, sizeof(text), "%a, %d %b %G %T %Z", &tm);
	put_text(p, text);
}

static void put_port(const struct put *p)
{
	uint16_t port = (uint16_t)value_of(p, false);
	struct servent entry, *found = NULL;
	char text[32], buf[1024];

	if (getservbyport_r(htons(port), NULL, &entry, buf, sizeof(buf), &found) || !found)
		snprintf(text, sizeof(text), "%u", port);
	put_text(p, found ? found->s_name : text);
}

static void put_inet(const struct put *p)
{
	size_t len = strnlen(p->arg->datum.data, p->arg->datum.size);
	struct sockaddr_storage addr = { 0 };
	struct sockaddr_in *in4 = (struct sockaddr_in *)&addr;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&addr;
	char text[INET6_ADDRSTRLEN + 1], host[NI_MAXHOST];

	if (len < sizeof(text)) {
		memcpy(text, p->arg->datum.data, len);
		text[len] = '\0';
		if (inet_pton(AF_INET, text, &in4->sin_addr) == 1)
			addr.ss_family = AF_INET;
		else if (inet_pton(AF_INET6, text, &in6->sin6_addr) == 1)
			addr.ss_family = AF_INET6;
	}
	if (addr.ss_family && !getnameinfo((struct sockaddr *)&addr, sizeof(addr), host,
					   sizeof(host), NULL, 0, NI_NAMEREQD))
		put_text(p, host);
	else
		put_string(p);
}

/* ---- floats and wide characters ---- */

static void put_float(const struct put *p)
{
	char tail[] = { p->arg->conv->letter, '\0' }, ltail[] = { 'L', p->arg->conv->letter, '\0' };
	uint32_t size = p->arg->datum.size;
	long double l = 0;
	double d = 0;
	float f = 0;

	if (size == sizeof(l)) {
		memcpy(&l, p->arg->datum.data, sizeof(l));
		PUT(p, ltail, l);
	} else if (size == sizeof(d)) {
		memcpy(&d, p->arg->datum.data, sizeof(d));
		PUT(p, tail, d);
	} else {
		memcpy(&f, p->arg->datum.data, DT_MIN(size, sizeof(f)));
		PUT(p, tail, (double)f);
	}
}
#pragma GCC diagnostic pop

/* In UTF-8, whatever the locale is. */
static void add_wide(struct dt_strbuf *b, uint32_t c)
{
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	if (n == 1) {
		dt_strbuf_putc(b, (char)c);
		return;
	}
	dt_strbuf_putc(b, (char)(lead[n] | (c >> (6 * (n - 1)) & 0x3f)));
	for (n -= 2; n >= 0; n--)
		dt_strbuf_putc(b, (char)(0x80 | (c >> (6 * n) & 0x3f)));
}

static void put_wide(const struct put *p)
{
	bool is_char = p->arg->conv->style == DT_FMT_WCHAR;
	const char *data = p->arg->datum.data;
	struct dt_strbuf b = { 0 };

	for (uint32_t at = 0; at + 4 <= p->arg->datum.size && !is_char; at += 4) {
		uint32_t c;

		memcpy(&c, data + at, sizeof(c));
		if (!c)
			break;
		add_wide(&b, c);
	}
	if (is_char)
		add_wide(&b, (uint32_t)value_of(p, false));
	put_field(p, dt_strbuf_str(&b), b.len);
	dt_strbuf_free(&b);
}

static void put_percent(const struct put *p)
{
	dt_out_puts(p->out, "%");
}

static void (*const styles[DT_FMT_STYLES])(const struct put *p) = {
	[DT_FMT_PERCENT] = put_percent, [DT_FMT_INT] = put_int,
	[DT_FMT_CHAR] = put_char,       [DT_FMT_ECHAR] = put_escaped_char,
	[DT_FMT_STR] = put_string,      [DT_FMT_ESTR] = put_escaped_string,
	[DT_FMT_PTR] = put_pointer,     [DT_FMT_KADDR] = put_addr,
	[DT_FMT_UADDR] = put_addr,      [DT_FMT_STACK] = put_stack,
	[DT_FMT_TIME] = put_time,       [DT_FMT_DATE] = put_date,
	[DT_FMT_PORT] = put_port,       [DT_FMT_INET] = put_inet,
	[DT_FMT_FLOAT] = put_float,     [DT_FMT_WCHAR] = put_wide,
	[DT_FMT_WSTR] = put_wide,
};

void dt_fmt_put(struct dt_out *out, const struct dt_fmt_arg *arg)
{
	struct put p = { out, arg };

	styles[arg->conv->style](&p);
}

/* ---- a whole format ---- */

static bool take_int(const struct dt_fmt_input *input, uint32_t *next, int *value)
{
	const dtrace_recdesc_t *rec = &input->recs[*next];

	if (*next >= input->nrecs)
		return false;
	*value = (int)dt_datum_int((const char *)input->buf + rec->dtrd_offset, rec->dtrd_size,
				   true);
	(*next)++;
	return true;
}

bool dt_fmt_dynamic(struct dt_fmt_arg *arg, const struct dt_fmt_part *part,
		    const struct dt_fmt_input *input, uint32_t *next)
{
	if ((part->flags & DT_FF_DYNWIDTH) && !take_int(input, next, &arg->width))
		return false;
	if ((part->flags & DT_FF_DYNPREC) && !take_int(input, next, &arg->prec))
		return false;
	if (arg->width < 0) {
		arg->flags |= DT_FF_LEFT;
		arg->width = arg->width == INT_MIN ? INT_MAX : -arg->width;
	}
	if (arg->prec < 0)
		arg->prec = 0;
	return true;
}

/* Does a record's datum lie within LEN bytes? 0 or the reason. */
static int bad_record(const dtrace_recdesc_t *rec, size_t len)
{
	if (rec->dtrd_offset > len || rec->dtrd_size > len - rec->dtrd_offset)
		return EDT_DOFFSET;
	if (rec->dtrd_alignment && rec->dtrd_offset % rec->dtrd_alignment)
		return EDT_DALIGN;
	return 0;
}

/* One conversion and the text before it. */
static int put_part(struct dt_out *out, const struct dt_fmt_part *part,
		    const struct dt_fmt_input *input, uint32_t *next)
{
	struct dt_fmt_arg arg = {
		part->conv, part->flags, part->width, part->prec, { .type = part->type }
	};
	const dtrace_recdesc_t *rec;

	dt_out_write(out, part->text, part->text_len);
	if (!part->conv)
		return 0;
	if (part->conv->style == DT_FMT_PERCENT) {
		dt_out_puts(out, "%");
		return 0;
	}
	if (!dt_fmt_dynamic(&arg, part, input, next) || *next >= input->nrecs)
		return dt_con_error(out->con, EDT_DMISMATCH);
	rec = &input->recs[(*next)++];
	arg.datum.action = rec->dtrd_action;
	arg.datum.arg = rec->dtrd_arg;
	arg.datum.data = (const char *)input->buf + rec->dtrd_offset;
	arg.datum.size = rec->dtrd_size;
	dt_fmt_put(out, &arg);
	return 0;
}

int dt_fmt_run(struct dt_out *out, const struct dt_fmt *fmt, const struct dt_fmt_input *input)
{
	uint32_t next = 0;

	for (uint32_t i = 0; i < input->nrecs; i++) {
		int err = bad_record(&input->recs[i], input->len);

		if (err)
			return dt_con_error(out->con, err);
	}
	for (uint32_t i = 0; i < fmt->nparts; i++)
		if (put_part(out, &fmt->parts[i], input, &next))
			return -1;
	return (int)DT_MAX(next, 1);
}
