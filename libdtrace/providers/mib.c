/* SPDX-License-Identifier: MIT */
/*
 * mib: the counters of IP, TCP and UDP (RFC 4293, 4022, 4113; /proc/net/snmp), as they grow: those
 * of which a tracepoint shows each event.  A counter is of IPv4 and IPv6 together, unless its name
 * says another.
 */
#include <netinet/in.h>
#include <sys/dtrace.h>
#include <sys/socket.h>
#include "base/errno.h"
#include "base/fail.h"
#include "providers/packet.h"
#include "runtime/runtime.h"
#include "types/types.h"

/* ---- IP ---- */

static void only_version(struct dt_cg *cg, int64_t version, dt_label none)
{
	dt_vreg v = dt_ir_bini(&cg->ir, DT_IR_SHR, dt_packet_header(cg), DT_IP_VERSION_SHIFT);

	dt_ir_jcci(&cg->ir, DT_IR_JNE, v, version, none);
}

static void received_4(struct dt_cg *cg, dt_label none)
{
	dt_packet_received(cg, 0, none);
	only_version(cg, 4, none);
}

static void received_6(struct dt_cg *cg, dt_label none)
{
	dt_packet_received(cg, 0, none);
	only_version(cg, 6, none);
}

static void forwarded_4(struct dt_cg *cg, dt_label none)
{
	dt_packet_sent(cg, DT_PACKET_ARRIVED, 0, none);
	only_version(cg, 4, none);
}

static void forwarded_6(struct dt_cg *cg, dt_label none)
{
	dt_packet_sent(cg, DT_PACKET_ARRIVED, 0, none);
	only_version(cg, 6, none);
}

/* A request is one, in however many fragments it leaves. */
static void requested(struct dt_cg *cg, int64_t version, dt_label none)
{
	dt_packet_sent(cg, DT_PACKET_OWN, 0, none);
	only_version(cg, version, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ,
		   dt_ir_bini(&cg->ir, DT_IR_AND, dt_packet_header(cg), DT_IP_PROTOCOL), DT_IP_NONE,
		   none);
}

static void requested_4(struct dt_cg *cg, dt_label none)
{
	requested(cg, 4, none);
}

static void requested_6(struct dt_cg *cg, dt_label none)
{
	requested(cg, 6, none);
}

/* ---- TCP ---- */

static void active_open(struct dt_cg *cg, dt_label none)
{
	dt_tcp_changed(cg, DT_TCP_IN(DT_TCP_CLOSED), DT_TCP_IN(DT_TCP_SYN_SENT), none);
}

static void passive_open(struct dt_cg *cg, dt_label none)
{
	dt_tcp_changed(cg, DT_TCP_IN(DT_TCP_LISTEN), DT_TCP_IN(DT_TCP_SYN_RECEIVED), none);
}

static void reset_when_established(struct dt_cg *cg, dt_label none)
{
	dt_tcp_changed(cg, DT_TCP_IN(DT_TCP_ESTABLISHED) | DT_TCP_IN(DT_TCP_CLOSE_WAIT),
		       DT_TCP_IN(DT_TCP_CLOSED), none);
}

static void segment_in(struct dt_cg *cg, dt_label none)
{
	dt_packet_received(cg, IPPROTO_TCP, none);
}

/* WIDTH bytes of the segment's header, as a number. */
static dt_vreg of_segment(struct dt_cg *cg, uint32_t off, uint32_t width)
{
	dt_vreg v = dt_packet_bytes(cg, off, width);

	return width == 1 ? v : dt_ir_bswap(&cg->ir, v, width);
}

/* How much of the sequence a segment takes: its data, and one for FIN (which is bit 0). */
static dt_vreg extent(struct dt_cg *cg, dt_vreg flags)
{
	dt_vreg skb = dt_event_word(cg, 0), size, end;

	size = dt_ir_bini(&cg->ir, DT_IR_SHL,
			  dt_ir_bini(&cg->ir, DT_IR_SHR, of_segment(cg, DT_TCP_DATA_AT, 1), 4), 2);
	end = dt_ir_bin(&cg->ir, DT_IR_ADD,
			dt_ir_un(&cg->ir, DT_IR_NUM,
				 dt_cg_load_field(cg, skb, "sk_buff", DT_MEMBERS("data"))),
			dt_cg_load_field(cg, skb, "sk_buff", DT_MEMBERS("len")));
	end = dt_ir_bin(&cg->ir, DT_IR_SUB, end, dt_packet_transport(cg));
	end = dt_ir_bin(&cg->ir, DT_IR_SUB, end, size);
	return dt_ir_bin(&cg->ir, DT_IR_ADD, end,
			 dt_ir_bini(&cg->ir, DT_IR_AND, flags, DT_TCP_FIN));
}

/*
 * What is sent again is no segment more: it takes nothing of the sequence that has not been sent.
 * That is noted behind the first time.  A connection's first segment may have waited for the
 * neighbour's address; of that one the socket says how often it was sent again.
 */
static void segment_out(struct dt_cg *cg, dt_label none)
{
	dt_label is = dt_ir_label(&cg->ir), first = dt_ir_label(&cg->ir);
	dt_vreg socket, flags, size, ahead;

	dt_packet_sent(cg, DT_PACKET_OWN, IPPROTO_TCP, none);
	socket = dt_packet_connection(cg, is);
	flags = of_segment(cg, DT_TCP_FLAGS_AT, 1);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, flags, DT_TCP_SYN, first);
	size = extent(cg, flags);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, size, 0, is);
	ahead = dt_ir_bin(&cg->ir, DT_IR_ADD, of_segment(cg, DT_TCP_SEQUENCE_AT, 4), size);
	ahead = dt_ir_bin(&cg->ir, DT_IR_SUB, ahead,
			  dt_event_peek(cg, socket, "tcp_sock", DT_MEMBERS("snd_nxt")));
	dt_ir_jcci(&cg->ir, DT_IR_JLE, dt_ir_ext(&cg->ir, ahead, 4, true), 0, none);
	dt_ir_jmp(&cg->ir, is);
	dt_ir_place(&cg->ir, first);
	dt_ir_jcci(&cg->ir, DT_IR_JNE,
		   dt_event_peek(cg, socket, "tcp_sock", DT_MEMBERS("total_retrans")), 0, none);
	dt_ir_place(&cg->ir, is);
}

static void reset_out(struct dt_cg *cg, dt_label none)
{
	dt_packet_sent_tcp(cg, DT_TCP_RST, DT_TCP_RST, none);
}

/* Those of a packet that the device cuts into segments; or one. */
static dt_vreg segments(struct dt_cg *cg)
{
	dt_vreg skb = dt_event_word(cg, 0), info, n = dt_ir_new(&cg->ir);
	dt_label whole = dt_ir_label(&cg->ir);

	info = dt_ir_bin(&cg->ir, DT_IR_ADD,
			 dt_ir_un(&cg->ir, DT_IR_NUM,
				  dt_cg_load_field(cg, skb, "sk_buff", DT_MEMBERS("head"))),
			 dt_cg_load_field(cg, skb, "sk_buff", DT_MEMBERS("end")));
	dt_ir_set(&cg->ir, n, dt_event_peek(cg, info, "skb_shared_info", DT_MEMBERS("gso_segs")));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, n, 0, whole);
	dt_ir_seti(&cg->ir, n, 1);
	dt_ir_place(&cg->ir, whole);
	return n;
}

/* tcp_retransmit_skb(socket, skb): TCP notes in the packet how many segments it is. */
static dt_vreg segments_again(struct dt_cg *cg)
{
	uint32_t off = dt_cg_field(cg, "sk_buff", DT_MEMBERS("cb"), NULL) +
		       dt_cg_field(cg, "tcp_skb_cb", DT_MEMBERS("tcp_gso_segs"), NULL);

	dt_vreg skb = dt_ir_un(&cg->ir, DT_IR_NUM, dt_event_word(cg, 1));

	return dt_cg_peek(cg, dt_ir_bini(&cg->ir, DT_IR_ADD, skb, off), 2);
}

/* ---- UDP ---- */

static void only_udp(struct dt_cg *cg, dt_vreg socket, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JNE,
		   dt_cg_load_field(cg, socket, "sock", DT_MEMBERS("sk_protocol")), IPPROTO_UDP,
		   none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_cg_load_field(cg, socket, "sock", DT_MEMBERS("sk_type")),
		   SOCK_DGRAM, none);
}

/* Tunnels and raw sockets send packets of UDP, too. */
static void datagram_out(struct dt_cg *cg, dt_label none)
{
	dt_vreg socket;

	dt_packet_sent(cg, DT_PACKET_OWN, IPPROTO_UDP, none);
	socket = dt_cg_load_field(cg, dt_event_word(cg, 0), "sk_buff", DT_MEMBERS("sk"));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, socket, 0, none);
	only_udp(cg, socket, none);
}

/* sock_recv_length(socket, result, flags) */
static void datagram_in(struct dt_cg *cg, dt_label none)
{
	dt_vreg result = dt_ir_ext(&cg->ir, dt_event_word(cg, 1), 4, true);

	dt_ir_jcci(&cg->ir, DT_IR_JLT, result, 0, none);
	dt_ir_jcci(&cg->ir, DT_IR_JSET, dt_event_word(cg, 2), MSG_PEEK, none);
	only_udp(cg, dt_event_word(cg, 0), none);
}

/* A datagram that is dropped for the reason with this name. */
static void datagram_lost(struct dt_cg *cg, const char *reason, dt_label none)
{
	const struct dt_type *type;
	int64_t value;

	if (!dt_types_enumerator(cg->plan->env->types, NULL, reason, &type, &value))
		dt_fail_err(cg->compile, EDT_KERNEL, "this kernel's enum skb_drop_reason has no %s",
			    reason);
	dt_packet_dropped(cg, DT_PACKET_ARRIVED, IPPROTO_UDP, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_event_word(cg, DT_PACKET_REASON), value, none);
}

static void no_port(struct dt_cg *cg, dt_label none)
{
	datagram_lost(cg, "SKB_DROP_REASON_NO_SOCKET", none);
}

static void overflow(struct dt_cg *cg, dt_label none)
{
	datagram_lost(cg, "SKB_DROP_REASON_SOCKET_RCVBUFF", none);
}

static void bad_checksum(struct dt_cg *cg, dt_label none)
{
	datagram_lost(cg, "SKB_DROP_REASON_UDP_CSUM", none);
}

/* ---- rows: arg0 is by how much the counter grows ---- */

static const struct dt_event_arg by_one[] = { { "unsigned int", .emit = dt_event_one }, { 0 } };
static const struct dt_event_arg by_segments[] = { { "unsigned int", .emit = segments }, { 0 } };
static const struct dt_event_arg by_segments_again[] = {
	{ "unsigned int", .emit = segments_again },
	{ 0 },
};
/* The reason is what these need of the tracepoint. */
static const struct dt_event_arg by_reason[] = {
	{ "unsigned int", .emit = dt_event_one },
	{ "enum skb_drop_reason", .word = DT_PACKET_REASON },
	{ 0 },
};

static const struct dt_event rows[] = {
	{ "ipInReceives", DT_PACKET_RECEIVED, received_4, .args = by_one },
	{ "ipOutRequests", DT_PACKET_SENT, requested_4, .args = by_one },
	{ "ipForwDatagrams", DT_PACKET_SENT, forwarded_4, .args = by_one },
	{ "ipv6InReceives", DT_PACKET_RECEIVED, received_6, .args = by_one },
	{ "ipv6OutRequests", DT_PACKET_SENT, requested_6, .args = by_one },
	{ "ipv6ForwDatagrams", DT_PACKET_SENT, forwarded_6, .args = by_one },
	{ "tcpActiveOpens", DT_TCP_CHANGED, active_open, .args = by_one },
	{ "tcpPassiveOpens", DT_TCP_CHANGED, passive_open, .args = by_one },
	{ "tcpEstabResets", DT_TCP_CHANGED, reset_when_established, .args = by_one },
	{ "tcpInSegs", DT_PACKET_RECEIVED, segment_in, .args = by_one },
	{ "tcpOutSegs", DT_PACKET_SENT, segment_out, .args = by_segments },
	{ "tcpRetransSegs", "tcp_retransmit_skb", .args = by_segments_again },
	{ "tcpRetransSegs", "tcp_retransmit_synack", .args = by_one },
	{ "tcpOutRsts", DT_PACKET_SENT, reset_out, .args = by_one },
	{ "udpInDatagrams", "sock_recv_length", datagram_in, .args = by_one },
	{ "udpOutDatagrams", DT_PACKET_SENT, datagram_out, .args = by_one },
	{ "udpNoPorts", DT_PACKET_DROPPED, no_port, .args = by_reason },
	{ "udpInCksumErrs", DT_PACKET_DROPPED, bad_checksum, .args = by_reason },
	{ "udpInOverflows", DT_PACKET_DROPPED, overflow, .args = by_reason },
};

#define FIRST_ID 7720
static const struct dt_events events = { "mib", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_mib = {
	.name = "mib",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(EVOLVING, EVOLVING, ISA) },
	.doc = "Counters of IP, TCP and UDP, as they grow.",
	DT_EVENT_OPS(events),
};
