/* SPDX-License-Identifier: MIT */
/* udp: datagrams, as their packets go out and come in. */
#include <netinet/in.h>
#include <sys/dtrace.h>
#include "providers/packet.h"

static void sent(struct dt_cg *cg, dt_label none)
{
	dt_packet_sent(cg, DT_PACKET_OWN, IPPROTO_UDP, none);
}

static void received(struct dt_cg *cg, dt_label none)
{
	dt_packet_received(cg, IPPROTO_UDP, none);
}

static const struct dt_event_arg out[] = {
	{ .type = "struct sk_buff *", .translated = "pktinfo_t *" },
	{ .type = "struct sk_buff *", .translated = "csinfo_t *" },
	{ .type = "struct sk_buff *", .translated = "ipinfo_t *" },
	{ .type = "struct sk_buff *", .translated = "udpsinfo_t *" },
	{ .type = "struct udphdr *", .translated = "udpinfo_t *", .emit = dt_packet_transport },
	{ 0 },
};

static const struct dt_event_arg in[] = {
	{ .type = "struct sk_buff *", .translated = "pktinfo_t *" },
	{ .type = "struct iphdr *", .translated = "csinfo_t *", .emit = dt_packet_ip },
	{ .type = "struct iphdr *", .translated = "ipinfo_t *", .emit = dt_packet_ip },
	{ .type = "struct iphdr *", .translated = "udpsinfo_t *", .emit = dt_packet_ip },
	{ .type = "struct udphdr *", .translated = "udpinfo_t *", .emit = dt_packet_transport },
	{ 0 },
};

static const struct dt_event rows[] = {
	{ .name = "send", .tracepoint = DT_PACKET_SENT, .emit_when = sent, .args = out },
	{ .name = "receive", .tracepoint = DT_PACKET_RECEIVED, .emit_when = received, .args = in },
};

#define FIRST_ID 7680
static const struct dt_events events = { "udp", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_udp = {
	.name = "udp",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(EVOLVING, EVOLVING, ISA) },
	.doc = "Datagrams of UDP, sent and received.",
	DT_EVENT_OPS(events),
};
