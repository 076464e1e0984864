/* SPDX-License-Identifier: MIT */
/*
 * ip: packets of IPv4 and IPv6 as they go out to a device and come in from one, and those that the
 * kernel throws away.
 */
#include <sys/dtrace.h>
#include "providers/packet.h"

static void sent(struct dt_cg *cg, dt_label none)
{
	dt_packet_sent(cg, DT_PACKET_ANY, 0, none);
}

static void received(struct dt_cg *cg, dt_label none)
{
	dt_packet_received(cg, 0, none);
}

static void dropped_out(struct dt_cg *cg, dt_label none)
{
	dt_packet_dropped(cg, DT_PACKET_OWN, 0, none);
}

static void dropped_in(struct dt_cg *cg, dt_label none)
{
	dt_packet_dropped(cg, DT_PACKET_ARRIVED, 0, none);
}

/* Whose packet it is: by the packet where it goes out, by the header where it comes in. */
#define OUT                                                            \
	{ .type = "struct sk_buff *", .translated = "csinfo_t *" },    \
	{                                                              \
		.type = "struct sk_buff *", .translated = "ipinfo_t *" \
	}
#define IN                                                                                 \
	{ .type = "struct iphdr *", .translated = "csinfo_t *", .emit = dt_packet_ip },    \
	{                                                                                  \
		.type = "struct iphdr *", .translated = "ipinfo_t *", .emit = dt_packet_ip \
	}

#define PACKET(whose)                                                                            \
	{ .type = "struct sk_buff *", .translated = "pktinfo_t *" }, whose,                      \
		{ .type = "struct net_device *",                                                 \
		  .translated = "ifinfo_t *",                                                    \
		  .emit = dt_packet_device },                                                    \
		{ .type = "struct iphdr *",                                                      \
		  .translated = "ipv4info_t *",                                                  \
		  .emit = dt_packet_ipv4 },                                                      \
	{                                                                                        \
		.type = "struct ipv6hdr *", .translated = "ipv6info_t *", .emit = dt_packet_ipv6 \
	}

#define REASON                                                           \
	{                                                                \
		.type = "enum skb_drop_reason", .word = DT_PACKET_REASON \
	}

static const struct dt_event_arg out[] = { PACKET(OUT), { 0 } };
static const struct dt_event_arg in[] = { PACKET(IN), { 0 } };
static const struct dt_event_arg lost_out[] = { PACKET(OUT), REASON, { 0 } };
static const struct dt_event_arg lost_in[] = { PACKET(IN), REASON, { 0 } };

static const struct dt_event rows[] = {
	{ .name = "send", .tracepoint = DT_PACKET_SENT, .emit_when = sent, .args = out },
	{ .name = "receive", .tracepoint = DT_PACKET_RECEIVED, .emit_when = received, .args = in },
	{ .name = "drop-out",
	  .tracepoint = DT_PACKET_DROPPED,
	  .emit_when = dropped_out,
	  .args = lost_out },
	{ .name = "drop-in",
	  .tracepoint = DT_PACKET_DROPPED,
	  .emit_when = dropped_in,
	  .args = lost_in },
};

#define FIRST_ID 7600
static const struct dt_events events = { "ip", FIRST_ID, ARRAY_SIZE(rows), rows };

const struct dt_provider_ops dt_provider_ip = {
	.name = "ip",
	.attr = { DT_ATTR(EVOLVING, EVOLVING, ISA), DT_ATTR(PRIVATE, PRIVATE, UNKNOWN),
		  DT_ATTR(PRIVATE, PRIVATE, UNKNOWN), DT_ATTR(EVOLVING, EVOLVING, ISA),
		  DT_ATTR(EVOLVING, EVOLVING, ISA) },
	.doc = "Packets of IPv4 and IPv6, sent, received and thrown away.",
	DT_EVENT_OPS(events),
};
