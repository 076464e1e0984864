/* SPDX-License-Identifier: MIT */
/* IP: packets as the ip provider shows them, their headers, and interfaces. */
typedef struct ipinfo {
	uint8_t ip_ver;        /* 4, 6 */
	uint32_t ip_plength;   /* bytes behind the header */
	string ip_saddr;       /* source */
	string ip_daddr;       /* destination */
} ipinfo_t;

/* The length as the header has it; 0: it says none, since it is longer than 64 KiB. */
inline uint32_t ip_header_length[struct iphdr *I] = I->version == 6 ?
    ntohs(((struct ipv6hdr *)I)->payload_len) :
    I->tot_len == 0 ? 0 : ntohs(I->tot_len) - I->ihl * 4;

/* The header of either version. */
translator ipinfo_t < struct iphdr *I > {
	ip_ver = I->version;
	ip_plength = ip_header_length[I];
	ip_saddr = ip_source[I];
	ip_daddr = ip_destination[I];
};

translator ipinfo_t < struct ipv6hdr *I > {
	ip_ver = 6;
	ip_plength = ntohs(I->payload_len);
	ip_saddr = inet_ntoa6(&I->saddr);
	ip_daddr = inet_ntoa6(&I->daddr);
};

translator ipinfo_t < struct sk_buff *P > {
	ip_ver = xlate <ipinfo_t> (skb_ip[P]).ip_ver;
	ip_plength = ip_header_length[skb_ip[P]] != 0 ? ip_header_length[skb_ip[P]] :
	    P->len - (uint32_t)(ip_transport[skb_ip[P]] - (uint8_t *)P->data);
	ip_saddr = ip_source[skb_ip[P]];
	ip_daddr = ip_destination[skb_ip[P]];
};

/* Of a packet that comes in for a socket, where no packet is at hand.  Its length is not known. */
translator ipinfo_t < struct sock *S > {
	ip_ver = S->__sk_common.skc_family == AF_INET6 ? 6 : 4;
	ip_saddr = sock_remote_address[S];
	ip_daddr = sock_local_address[S];
};

/* ---- headers ---- */

typedef struct iphdr ipha_t;
typedef struct ipv6hdr ip6_t;

inline uint8_t IPV4_MF = 1;    /* in ipv4_flags: more fragments follow */
inline uint8_t IPV4_DF = 2;    /* do not fragment */

typedef struct ipv4info {
	uint8_t ipv4_ver;
	uint8_t ipv4_ihl;      /* bytes of the header */
	uint8_t ipv4_tos;
	uint16_t ipv4_length;  /* bytes with the header */
	uint16_t ipv4_ident;
	uint8_t ipv4_flags;    /* IPV4_* */
	uint16_t ipv4_offset;  /* of a fragment, in units of 8 bytes */
	uint8_t ipv4_ttl;
	uint8_t ipv4_protocol; /* IPPROTO_* */
	string ipv4_protostr;
	uint16_t ipv4_checksum;
	ipaddr_t ipv4_src;     /* in the network's order */
	ipaddr_t ipv4_dst;
	string ipv4_saddr;
	string ipv4_daddr;
	ipha_t *ipv4_hdr;
} ipv4info_t;

/* A packet of the other version has no such header: NULL. */
translator ipv4info_t < struct iphdr *I > {
	ipv4_ver = I == NULL ? 0 : I->version;
	ipv4_ihl = I == NULL ? 0 : I->ihl * 4;
	ipv4_tos = I == NULL ? 0 : I->tos;
	ipv4_length = I == NULL ? 0 : ntohs(I->tot_len);
	ipv4_ident = I == NULL ? 0 : ntohs(I->id);
	ipv4_flags = I == NULL ? 0 : ntohs(I->frag_off) >> 13;
	ipv4_offset = I == NULL ? 0 : ntohs(I->frag_off) & 0x1fff;
	ipv4_ttl = I == NULL ? 0 : I->ttl;
	ipv4_protocol = I == NULL ? 0 : I->protocol;
	ipv4_protostr = I == NULL ? "<null>" : ip_protocol_string[I->protocol];
	ipv4_checksum = I == NULL ? 0 : ntohs(I->check);
	ipv4_src = I == NULL ? 0 : I->saddr;
	ipv4_dst = I == NULL ? 0 : I->daddr;
	ipv4_saddr = I == NULL ? "<null>" : inet_ntoa((ipaddr_t *)&I->saddr);
	ipv4_daddr = I == NULL ? "<null>" : inet_ntoa((ipaddr_t *)&I->daddr);
	ipv4_hdr = I;
};

typedef struct ipv6info {
	uint8_t ipv6_ver;
	uint8_t ipv6_tclass;
	uint32_t ipv6_flow;
	uint16_t ipv6_plen;    /* bytes behind the header */
	uint8_t ipv6_nexthdr;  /* IPPROTO_* */
	string ipv6_nextstr;
	uint8_t ipv6_hlim;
	in6_addr_t *ipv6_src;
	in6_addr_t *ipv6_dst;
	string ipv6_saddr;
	string ipv6_daddr;
	ip6_t *ipv6_hdr;
} ipv6info_t;

/* The first word: four bits of version, eight of class, twenty of flow. */
translator ipv6info_t < struct ipv6hdr *I > {
	ipv6_ver = I == NULL ? 0 : ntohl(*(uint32_t *)I) >> 28;
	ipv6_tclass = I == NULL ? 0 : ntohl(*(uint32_t *)I) >> 20 & 0xff;
	ipv6_flow = I == NULL ? 0 : ntohl(*(uint32_t *)I) & 0xfffff;
	ipv6_plen = I == NULL ? 0 : ntohs(I->payload_len);
	ipv6_nexthdr = I == NULL ? 0 : I->nexthdr;
	ipv6_nextstr = I == NULL ? "<null>" : ip_protocol_string[I->nexthdr];
	ipv6_hlim = I == NULL ? 0 : I->hop_limit;
	ipv6_src = I == NULL ? NULL : &I->saddr;
	ipv6_dst = I == NULL ? NULL : &I->daddr;
	ipv6_saddr = I == NULL ? "<null>" : inet_ntoa6(&I->saddr);
	ipv6_daddr = I == NULL ? "<null>" : inet_ntoa6(&I->daddr);
	ipv6_hdr = I;
};

/* ---- interfaces ---- */

typedef int netstackid_t;

typedef struct ifinfo {
	string if_name;        /* "eth0"; <null>: none yet */
	int8_t if_local;       /* 1: a loopback interface */
	netstackid_t if_ipstack; /* the network namespace's inode */
	uintptr_t if_addr;     /* the kernel's struct net_device */
} ifinfo_t;

translator ifinfo_t < struct net_device *N > {
	if_name = N == NULL ? "<null>" : stringof(N->name);
	if_local = N != NULL && N->flags & 8 ? 1 : 0; /* IFF_LOOPBACK */
	if_ipstack = N == NULL ? 0 : N->nd_net.net->ns.inum;
	if_addr = (uintptr_t)N;
};
