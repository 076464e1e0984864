/* SPDX-License-Identifier: MIT */
/* TCP: segments and connections.  The states have the kernel's numbers. */
inline int32_t TCP_STATE_ESTABLISHED = 1;
inline int32_t TCP_STATE_SYN_SENT = 2;
inline int32_t TCP_STATE_SYN_RECEIVED = 3;
inline int32_t TCP_STATE_FIN_WAIT_1 = 4;
inline int32_t TCP_STATE_FIN_WAIT_2 = 5;
inline int32_t TCP_STATE_TIME_WAIT = 6;
inline int32_t TCP_STATE_CLOSED = 7;
inline int32_t TCP_STATE_CLOSE_WAIT = 8;
inline int32_t TCP_STATE_LAST_ACK = 9;
inline int32_t TCP_STATE_LISTEN = 10;
inline int32_t TCP_STATE_CLOSING = 11;
inline int32_t TCP_STATE_BOUND = 13;
inline int32_t TCP_STATE_IDLE = -1;    /* Linux has no such state */

inline string tcp_state_string[int32_t state] =
    state == TCP_STATE_ESTABLISHED ? "state-established" :
    state == TCP_STATE_SYN_SENT ? "state-syn-sent" :
    state == TCP_STATE_SYN_RECEIVED || state == 12 ? "state-syn-received" :
    state == TCP_STATE_FIN_WAIT_1 ? "state-fin-wait-1" :
    state == TCP_STATE_FIN_WAIT_2 ? "state-fin-wait-2" :
    state == TCP_STATE_TIME_WAIT ? "state-time-wait" :
    state == TCP_STATE_CLOSED ? "state-closed" :
    state == TCP_STATE_CLOSE_WAIT ? "state-close-wait" :
    state == TCP_STATE_LAST_ACK ? "state-last-ack" :
    state == TCP_STATE_LISTEN ? "state-listen" :
    state == TCP_STATE_CLOSING ? "state-closing" :
    state == TCP_STATE_BOUND ? "state-bound" :
    state == TCP_STATE_IDLE ? "state-idle" : "<unknown>";

inline uint8_t TH_FIN = 0x01;
inline uint8_t TH_SYN = 0x02;
inline uint8_t TH_RST = 0x04;
inline uint8_t TH_PUSH = 0x08;
inline uint8_t TH_ACK = 0x10;
inline uint8_t TH_URG = 0x20;
inline uint8_t TH_ECE = 0x40;
inline uint8_t TH_CWR = 0x80;

/* ---- segments ---- */

typedef struct tcphdr tcph_t;

typedef struct tcpinfo {
	uint16_t tcp_sport;
	uint16_t tcp_dport;
	uint32_t tcp_seq;
	uint32_t tcp_ack;
	uint8_t tcp_offset;    /* bytes of the header */
	uint8_t tcp_flags;     /* TH_* */
	uint16_t tcp_window;   /* as sent, not scaled */
	uint16_t tcp_checksum;
	uint16_t tcp_urgent;
	tcph_t *tcp_hdr;
} tcpinfo_t;

translator tcpinfo_t < struct tcphdr *T > {
	tcp_sport = ntohs(T->source);
	tcp_dport = ntohs(T->dest);
	tcp_seq = ntohl(T->seq);
	tcp_ack = ntohl(T->ack_seq);
	tcp_offset = T->doff * 4;
	tcp_flags = *((uint8_t *)T + 13);
	tcp_window = ntohs(T->window);
	tcp_checksum = ntohs(T->check);
	tcp_urgent = ntohs(T->urg_ptr);
	tcp_hdr = T;
};

translator tcpinfo_t < struct sk_buff *P > {
	tcp_sport = ntohs(((struct tcphdr *)skb_transport[P])->source);
	tcp_dport = ntohs(((struct tcphdr *)skb_transport[P])->dest);
	tcp_seq = ntohl(((struct tcphdr *)skb_transport[P])->seq);
	tcp_ack = ntohl(((struct tcphdr *)skb_transport[P])->ack_seq);
	tcp_offset = ((struct tcphdr *)skb_transport[P])->doff * 4;
	tcp_flags = *(skb_transport[P] + 13);
	tcp_window = ntohs(((struct tcphdr *)skb_transport[P])->window);
	tcp_checksum = ntohs(((struct tcphdr *)skb_transport[P])->check);
	tcp_urgent = ntohs(((struct tcphdr *)skb_transport[P])->urg_ptr);
	tcp_hdr = (struct tcphdr *)skb_transport[P];
};

/* Of a segment that comes in for a socket, where no segment is at hand: its ports. */
translator tcpinfo_t < struct sock *S > {
	tcp_sport = ntohs(S->__sk_common.skc_dport);
	tcp_dport = S->__sk_common.skc_num;
};

/* ---- connections ---- */

typedef struct tcpsinfo {
	uintptr_t tcps_addr;   /* the kernel's struct tcp_sock */
	int tcps_local;        /* 1: both sides are this machine */
	int tcps_active;       /* no translation: Linux forgets who connected */
	uint16_t tcps_lport;
	uint16_t tcps_rport;
	string tcps_laddr;
	string tcps_raddr;
	int32_t tcps_state;    /* TCP_STATE_* */
	uint32_t tcps_iss;     /* no translation: Linux forgets the first number */
	uint32_t tcps_suna;    /* sent and not acknowledged, from here ... */
	uint32_t tcps_snxt;    /* ... to here */
	uint32_t tcps_rack;    /* received and acknowledged up to here */
	uint32_t tcps_rnxt;    /* received in order up to here */
	uint32_t tcps_swnd;    /* windows, in bytes */
	int32_t tcps_snd_ws;   /* their scales, as powers of 2 */
	uint32_t tcps_rwnd;
	int32_t tcps_rcv_ws;
	uint32_t tcps_cwnd;    /* in bytes */
	uint32_t tcps_cwnd_ssthresh; /* in bytes */
	uint32_t tcps_sack_fack; /* acknowledged selectively up to here */
	uint32_t tcps_sack_snxt; /* no translation */
	uint32_t tcps_rto;     /* in milliseconds */
	uint32_t tcps_mss;     /* in bytes */
	int tcps_retransmit;   /* 1: the last segment was sent again */
} tcpsinfo_t;

/* In segments; the kernel's "without limit" stays what it is. */
inline uint32_t tcp_ssthresh_bytes[struct tcp_sock *T] =
    T->snd_ssthresh >= 0x7fffffff ? T->snd_ssthresh : T->snd_ssthresh * T->mss_cache;

/* As the kernel computes it; before the first measurement a second, doubled each time. */
inline uint32_t tcp_rto_ms[struct tcp_sock *T] = (T->srtt_us == 0 ? 1000 :
    ((T->srtt_us >> 3) + T->rttvar_us) / 1000) << T->inet_conn.icsk_backoff;

translator tcpsinfo_t < struct tcp_sock *T > {
	tcps_addr = (uintptr_t)T;
	tcps_local = ((struct sock *)T)->__sk_common.skc_family == AF_INET ?
	    ((struct sock *)T)->__sk_common.skc_daddr ==
	    ((struct sock *)T)->__sk_common.skc_rcv_saddr ||
	    (ntohl(((struct sock *)T)->__sk_common.skc_daddr) >> 24) == 127 :
	    *(uint64_t *)&((struct sock *)T)->__sk_common.skc_v6_daddr ==
	    *(uint64_t *)&((struct sock *)T)->__sk_common.skc_v6_rcv_saddr &&
	    *((uint64_t *)&((struct sock *)T)->__sk_common.skc_v6_daddr + 1) ==
	    *((uint64_t *)&((struct sock *)T)->__sk_common.skc_v6_rcv_saddr + 1);
	tcps_lport = ntohs(((struct inet_sock *)T)->inet_sport);
	tcps_rport = ntohs(((struct sock *)T)->__sk_common.skc_dport);
	tcps_laddr = sock_local_address[(struct sock *)T];
	tcps_raddr = sock_remote_address[(struct sock *)T];
	tcps_state = ((struct sock *)T)->__sk_common.skc_state == 12 ? TCP_STATE_SYN_RECEIVED :
	    ((struct sock *)T)->__sk_common.skc_state;
	tcps_suna = T->snd_una;
	tcps_snxt = T->snd_nxt;
	tcps_rack = T->rcv_wup;
	tcps_rnxt = T->rcv_nxt;
	tcps_swnd = T->snd_wnd;
	tcps_snd_ws = T->rx_opt.snd_wscale;
	tcps_rwnd = T->rcv_wnd;
	tcps_rcv_ws = T->rx_opt.rcv_wscale;
	tcps_cwnd = T->snd_cwnd * T->mss_cache;
	tcps_cwnd_ssthresh = tcp_ssthresh_bytes[T];
	tcps_sack_fack = T->sacked_out == 0 ? T->snd_una :
	    T->highest_sack == NULL ? T->snd_nxt : *(uint32_t *)T->highest_sack->cb;
	tcps_rto = tcp_rto_ms[T];
	tcps_mss = T->mss_cache;
	tcps_retransmit = T->inet_conn.icsk_retransmits != 0;
};

translator tcpsinfo_t < struct sock *S > {
	tcps_addr = (uintptr_t)S;
	tcps_local = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_local;
	tcps_lport = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_lport;
	tcps_rport = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rport;
	tcps_laddr = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_laddr;
	tcps_raddr = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_raddr;
	tcps_state = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_state;
	tcps_suna = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_suna;
	tcps_snxt = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_snxt;
	tcps_rack = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rack;
	tcps_rnxt = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rnxt;
	tcps_swnd = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_swnd;
	tcps_snd_ws = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_snd_ws;
	tcps_rwnd = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rwnd;
	tcps_rcv_ws = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rcv_ws;
	tcps_cwnd = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_cwnd;
	tcps_cwnd_ssthresh = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_cwnd_ssthresh;
	tcps_sack_fack = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_sack_fack;
	tcps_rto = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rto;
	tcps_mss = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_mss;
	tcps_retransmit = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_retransmit;
};

/*
 * At a change of state, which the kernel stores only afterwards: the new one is the probe's arg6.
 * For this the probes give the socket as a struct inet_sock.
 */
translator tcpsinfo_t < struct inet_sock *S > {
	tcps_addr = (uintptr_t)S;
	tcps_local = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_local;
	tcps_lport = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_lport;
	tcps_rport = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rport;
	tcps_laddr = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_laddr;
	tcps_raddr = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_raddr;
	tcps_state = (int)arg6 == 12 ? TCP_STATE_SYN_RECEIVED : (int)arg6;
	tcps_suna = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_suna;
	tcps_snxt = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_snxt;
	tcps_rack = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rack;
	tcps_rnxt = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rnxt;
	tcps_swnd = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_swnd;
	tcps_snd_ws = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_snd_ws;
	tcps_rwnd = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rwnd;
	tcps_rcv_ws = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rcv_ws;
	tcps_cwnd = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_cwnd;
	tcps_cwnd_ssthresh = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_cwnd_ssthresh;
	tcps_sack_fack = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_sack_fack;
	tcps_rto = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_rto;
	tcps_mss = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_mss;
	tcps_retransmit = xlate <tcpsinfo_t> ((struct tcp_sock *)S).tcps_retransmit;
};

/*
 * Of a segment that goes out: its addresses and ports, and what its socket says.  Resets and the
 * answers to a connection's first segment have no socket of their own: 0.
 */
inline struct tcp_sock *skb_tcp_sock[struct sk_buff *P] = P->sk != NULL &&
    P->sk->__sk_common.skc_state != 12 &&
    P->sk->__sk_common.skc_state != TCP_STATE_TIME_WAIT && P->sk->sk_type == SOCK_STREAM ?
    (struct tcp_sock *)P->sk : NULL;

translator tcpsinfo_t < struct sk_buff *P > {
	tcps_addr = (uintptr_t)skb_tcp_sock[P];
	tcps_lport = ip_source_port[skb_ip[P]];
	tcps_rport = ip_destination_port[skb_ip[P]];
	tcps_laddr = ip_source[skb_ip[P]];
	tcps_raddr = ip_destination[skb_ip[P]];
	tcps_local = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_local;
	tcps_state = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_state;
	tcps_suna = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_suna;
	tcps_snxt = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_snxt;
	tcps_rack = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_rack;
	tcps_rnxt = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_rnxt;
	tcps_swnd = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_swnd;
	tcps_snd_ws = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_snd_ws;
	tcps_rwnd = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_rwnd;
	tcps_rcv_ws = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_rcv_ws;
	tcps_cwnd = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_cwnd;
	tcps_cwnd_ssthresh = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_cwnd_ssthresh;
	tcps_sack_fack = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_sack_fack;
	tcps_rto = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_rto;
	tcps_mss = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_mss;
	tcps_retransmit = skb_tcp_sock[P] == NULL ? 0 :
	    xlate <tcpsinfo_t> (skb_tcp_sock[P]).tcps_retransmit;
};

/* Of a segment that came in: its addresses and ports.  Its socket is not known yet. */
translator tcpsinfo_t < struct iphdr *I > {
	tcps_addr = 0;
	tcps_lport = ip_destination_port[I];
	tcps_rport = ip_source_port[I];
	tcps_laddr = ip_destination[I];
	tcps_raddr = ip_source[I];
};

/* The state that a connection leaves. */
typedef struct tcplsinfo {
	int32_t tcps_state;    /* TCP_STATE_* */
} tcplsinfo_t;

translator tcplsinfo_t < int S > {
	tcps_state = S == 12 ? TCP_STATE_SYN_RECEIVED : S;
};
