/* SPDX-License-Identifier: MIT */
/*
 * A segment that the device cuts counts once, with all its bytes, also where it is longer than an
 * IP header can say: the sums are those of TCP_INFO, which the client prints.
 * @@ needs: btf
 * @@ runs: $DTRACE -q -s $FILE -c "unshare -n python3 service.py bytes 4740"
 */
tcp:::send, tcp:::receive
/args[3]->tcps_lport == 4741 && args[3]->tcps_rport == 4740/
{
	@[args[2]->ip_ver, probename] = sum(args[2]->ip_plength - args[4]->tcp_offset);
}

tcp:::send
/args[3]->tcps_lport == 4740 && args[3]->tcps_rport == 4741/
{
	@longest[args[2]->ip_ver] = max(args[2]->ip_plength > 30000);
}

END
{
	printa("%d %s %@d\n", @);
	printa("%d %@d\n", @longest);
}
