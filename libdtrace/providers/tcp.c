/* SPDX-License-Identifier: MIT */
/*
 * tcp: segments as their packets go out and come in, and connections as they are made, refused and
 * changed.
 *
 * A probe about a segment that this machine sends is at the packet.  One about a segment that it
 * receives is where the socket takes note of it, since what the segment means is not known before.
 */
#include <netinet/in.h>
#include <sys/dtrace.h>
#include "providers/packet.h"

/* ---- segments ---- */

static void sent(struct dt_cg *cg, dt_label none)
{
	dt_packet_sent(cg, DT_PACKET_OWN, IPPROTO_TCP, none);
}

static void received(struct dt_cg *cg, dt_label none)
{
	dt_packet_received(cg, IPPROTO_TCP, none);
}

/* The first segment of a connection, the first time that it is sent. */
static void asks(struct dt_cg *cg, dt_label none)
{
	dt_vreg socket;

	dt_packet_sent_tcp(cg, DT_TCP_SYN | DT_TCP_RST | DT_TCP_ACK, DT_TCP_SYN, none);
	socket = dt_packet_connection(cg, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE,
		   dt_event_peek(cg, socket, "tcp_sock", DT_MEMBERS("total_retrans")), 0, none);
}

/* A reset that answers a segment without ACK: it has the number 0 (RFC 9293, 3.10.7.1). */
static void refuses(struct dt_cg *cg, dt_label none)
{
	dt_packet_sent_tcp(cg, DT_TCP_SYN | DT_TCP_RST | DT_TCP_ACK, DT_TCP_RST | DT_TCP_ACK, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_packet_bytes(cg, DT_TCP_SEQUENCE_AT, sizeof(uint32_t)), 0,
		   none);
}

/* ---- connections ---- */

static void changes(struct dt_cg *cg, dt_label none)
{
	dt_tcp_changed(cg, DT_TCP_ANY, DT_TCP_ANY, none);
}

static void connects(struct dt_cg *cg, dt_label none)
{
	dt_tcp_changed(cg, DT_TCP_IN(DT_TCP_SYN_SENT), DT_TCP_IN(DT_TCP_ESTABLISHED), none);
}

static void accepts(struct dt_cg *cg, dt_label none)
{
	dt_tcp_changed(cg, DT_TCP_IN(DT_TCP_SYN_RECEIVED), DT_TCP_IN(DT_TCP_ESTABLISHED), none);
}

/* tcp_receive_reset(socket) runs before the state changes. */
static void is_refused(struct dt_cg *cg, dt_label none)
{
	dt_vreg state = dt_cg_load_field(cg, dt_event_word(cg, 0), "sock",
					 DT_MEMBERS("__sk_common", "skc_state"));

	dt_ir_jcci(&cg->ir, DT_IR_JNE, state, DT_TCP_SYN_SENT, none);
}

static dt_vreg no_packet(struct dt_cg *cg)
{
	return dt_ir_const(&cg->ir, 0);
}

/* ---- rows ---- */

static const struct dt_event_arg out[] = {
	{ .type = "struct sk_buff *", .translated = "pktinfo_t *" },
	{ .type = "struct sk_buff *", .translated = "csinfo_t *" },
	{ .type = "struct sk_buff *", .translated = "ipinfo_t *" },
	{ .type = "struct sk_buff *", .translated = "tcpsinfo_t *" },
	{ .type = "struct tcphdr *", .translated = "tcpinfo_t *", .emit = dt_packet_transport },
	{ 0 },
};

static const struct dt_event_arg in[] = {
	{ .type = "struct sk_buff *", .translated = "pktinfo_t *" },
	{ .type = "struct iphdr *", .translated = "csinfo_t *", .emit = dt_packet_ip },
	{ .type = "struct iphdr *", .translated = "ipinfo_t *", .emit = dt_packet_ip },
	{ .type = "struct iphdr *", .translated = "tcpsinfo_t *", .emit = dt_packet_ip },
	{ .type = "struct tcphdr *", .translated = "tcpinfo_t *", .emit = dt_packet_transport },
	{ 0 },
};

/* At a socket there is no packet at hand, but it is known what has come in. */
#define AT_SOCKET                                                                       \
	{ .type = "struct sk_buff *", .translated = "pktinfo_t *", .emit = no_packet }, \
		{ .type = "struct sock *", .translated = "csinfo_t *" },                \
	{                                                                               \
		.type = "struct sock *", .translated = "ipinfo_t *"                     \
	}

/* The translator of struct inet_sock finds the new state in arg6 (dlib/tcp.d). */
static const struct dt_event_arg change[] = {
	AT_SOCKET,
	{ .type = "struct inet_sock *", .translated = "tcpsinfo_t *" },
	{ .type = "struct sock *", .translated = "tcpinfo_t *" },
	{ .type = "int", .translated = "tcplsinfo_t *", .word = DT_TCP_CHANGED_FROM },
	{ .type = "int", .word = DT_TCP_CHANGED_TO },
	{ 0 },
};

static const struct dt_event_arg reset[] = {
	AT_SOCKET,
	{ .type = "struct sock *", .translated = "tcpsinfo_t *" },
	{ .type = "struct sock *", .translated = "tcpinfo_t *" },
	{ 0 },
};

static const struct dt_event rows[] = {
	{ "send", DT_PACKET_SENT, .emit_when = sent, .args = out },
	{ "receive", DT_PACKET_RECEIVED, .emit_when = received, .args = in },
	{ "connect-request", DT_PACKET_SENT, .emit_when = asks, .args = out },
	{ "connect-established", DT_TCP_CHANGED, .emit_when = connects, .args = change },
	{ "connect-refused", "tcp_receive_reset", .emit_when = is_refused, .args = reset },
	{ "accept-established", DT_TCP_CHANGED, .emit_when = accepts, .args = change },
	{ "accept-refused", DT_PACKET_SENT, .emit_when = refuses, .args = out },
	{ "state-change", DT_TCP_CHANGED, .emit_when = changes, .args = change },
};

#define FIRST_ID 7640
static const struct dt_events events = { "tcp", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_tcp = {
	.name = "tcp",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(EVOLVING, EVOLVING, ISA) },
	.doc = "Segments and connections of TCP.",
	DT_EVENT_OPS(events),
};
