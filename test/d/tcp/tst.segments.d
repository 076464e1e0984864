/* SPDX-License-Identifier: MIT */
/*
 * Each segment of the client is sent and received once: as many as TCP_INFO says, which the client
 * prints.
 * @@ needs: btf
 * @@ runs: $DTRACE -q -s $FILE -c "unshare -n python3 service.py segments 4730" | sort | uniq -c | awk 'NF > 1 { print $1, $2, $4, $6 }'
 */
tcp:::send
/args[4]->tcp_sport == 4731 && args[4]->tcp_dport == 4730/
{
	out[args[2]->ip_ver]++;
}

tcp:::receive
/args[4]->tcp_sport == 4730 && args[4]->tcp_dport == 4731/
{
	in[args[2]->ip_ver]++;
}

END
{
	printf("IPv4: %d out, %d in\nIPv6: %d out, %d in\n", out[4], in[4], out[6], in[6]);
}
