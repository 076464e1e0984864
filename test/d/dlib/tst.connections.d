/* SPDX-License-Identifier: MIT */
/*
 * Connections as tcpsinfo_t has them, when they are there and when the client closes them. The
 * trigger prints a line of the same numbers from TCP_INFO, so that each must be there twice.
 * @@ needs: btf
 * @@ runs: $DTRACE -q -s $FILE -c "unshare -n python3 traffic.py" | sort | uniq -c | awk '$2 == "info" { $0 = $1 " info" } $2 != "" { $1 = $1; print }'
 */
sdt:::inet_sock_set_state
/pid == $target && args[1] == TCP_STATE_SYN_SENT && args[2] == TCP_STATE_ESTABLISHED/
{
	printf("%s.%d %s.%d %s to %s\n", (xlate <tcpsinfo_t> (args[0])).tcps_laddr,
	    (xlate <tcpsinfo_t> (args[0])).tcps_lport, (xlate <tcpsinfo_t> (args[0])).tcps_raddr,
	    (xlate <tcpsinfo_t> (args[0])).tcps_rport,
	    tcp_state_string[(xlate <tcplsinfo_t> (args[1])).tcps_state],
	    tcp_state_string[args[2]]);
}

sdt:::inet_sock_set_state
/pid == $target && args[1] == TCP_STATE_ESTABLISHED && args[2] == TCP_STATE_FIN_WAIT_1/
{
	this->tcp = (struct tcp_sock *)args[0];
	printf("info %d %d %d %d %d\n", (xlate <tcpsinfo_t> (args[0])).tcps_mss,
	    (xlate <tcpsinfo_t> (args[0])).tcps_cwnd,
	    (xlate <tcpsinfo_t> (args[0])).tcps_cwnd_ssthresh,
	    (xlate <tcpsinfo_t> (args[0])).tcps_snd_ws, (xlate <tcpsinfo_t> (args[0])).tcps_rcv_ws);
	/* All that was sent is acknowledged, or was at the point of being so. */
	printf("%d %d %d %d %d\n", (xlate <tcpsinfo_t> (args[0])).tcps_local,
	    (xlate <tcpsinfo_t> (args[0])).tcps_snxt - (xlate <tcpsinfo_t> (args[0])).tcps_suna <=
	    100, (xlate <tcpsinfo_t> (args[0])).tcps_rnxt -
	    (xlate <tcpsinfo_t> (args[0])).tcps_rack <= 50,
	    (xlate <tcpsinfo_t> (args[0])).tcps_rto >= 200,
	    (xlate <tcpsinfo_t> (args[0])).tcps_retransmit);
	printf("%d %d %s\n", (xlate <tcpsinfo_t> (this->tcp)).tcps_addr == (uintptr_t)args[0],
	    (xlate <tcpsinfo_t> (this->tcp)).tcps_sack_fack ==
	    (xlate <tcpsinfo_t> (args[0])).tcps_suna,
	    (xlate <conninfo_t> ((struct sock *)args[0])).ci_protocol);
}
