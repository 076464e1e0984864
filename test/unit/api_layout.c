/* SPDX-License-Identifier: MIT */
/* The public structures lie in memory as illumos' do on LP64: clients re-declare them (ctypes, ffi)
 * and count on the offsets. */
#include <dtrace_linux.h>
#include "test.h"

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type)
#define AT(type, member, offset) \
	_Static_assert(offsetof(type, member) == (offset), #type "." #member)

SIZE(dtrace_probedesc_t, 388);
AT(dtrace_probedesc_t, dtpd_provider, 4);
AT(dtrace_probedesc_t, dtpd_mod, 68);
AT(dtrace_probedesc_t, dtpd_func, 132);
AT(dtrace_probedesc_t, dtpd_name, 324);

SIZE(dtrace_recdesc_t, 32);
AT(dtrace_recdesc_t, dtrd_size, 4);
AT(dtrace_recdesc_t, dtrd_offset, 8);
AT(dtrace_recdesc_t, dtrd_alignment, 12);
AT(dtrace_recdesc_t, dtrd_format, 14);
AT(dtrace_recdesc_t, dtrd_arg, 16);
AT(dtrace_recdesc_t, dtrd_uarg, 24);

SIZE(dtrace_eprobedesc_t, 56);
AT(dtrace_eprobedesc_t, dtepd_probeid, 4);
AT(dtrace_eprobedesc_t, dtepd_uarg, 8);
AT(dtrace_eprobedesc_t, dtepd_size, 16);
AT(dtrace_eprobedesc_t, dtepd_nrecs, 20);
AT(dtrace_eprobedesc_t, dtepd_rec, 24);

SIZE(dtrace_aggdesc_t, 72);
AT(dtrace_aggdesc_t, dtagd_varid, 8);
AT(dtrace_aggdesc_t, dtagd_flags, 16);
AT(dtrace_aggdesc_t, dtagd_id, 20);
AT(dtrace_aggdesc_t, dtagd_epid, 24);
AT(dtrace_aggdesc_t, dtagd_size, 28);
AT(dtrace_aggdesc_t, dtagd_nrecs, 32);
AT(dtrace_aggdesc_t, dtagd_pad, 36);
AT(dtrace_aggdesc_t, dtagd_rec, 40);

SIZE(dtrace_probedata_t, 64);
AT(dtrace_probedata_t, dtpda_edesc, 8);
AT(dtrace_probedata_t, dtpda_pdesc, 16);
AT(dtrace_probedata_t, dtpda_cpu, 24);
AT(dtrace_probedata_t, dtpda_data, 32);
AT(dtrace_probedata_t, dtpda_flow, 40);
AT(dtrace_probedata_t, dtpda_prefix, 48);
AT(dtrace_probedata_t, dtpda_indent, 56);

SIZE(dtrace_aggdata_t, 96);
AT(dtrace_aggdata_t, dtada_desc, 8);
AT(dtrace_aggdata_t, dtada_edesc, 16);
AT(dtrace_aggdata_t, dtada_pdesc, 24);
AT(dtrace_aggdata_t, dtada_data, 32);
AT(dtrace_aggdata_t, dtada_normal, 40);
AT(dtrace_aggdata_t, dtada_size, 48);
AT(dtrace_aggdata_t, dtada_delta, 56);
AT(dtrace_aggdata_t, dtada_percpu, 64);
AT(dtrace_aggdata_t, dtada_percpu_delta, 72);
AT(dtrace_aggdata_t, dtada_total, 80);
AT(dtrace_aggdata_t, dtada_minbin, 88);
AT(dtrace_aggdata_t, dtada_maxbin, 90);
AT(dtrace_aggdata_t, dtada_flags, 92);

SIZE(dtrace_bufdata_t, 48);
AT(dtrace_bufdata_t, dtbda_buffered, 8);
AT(dtrace_bufdata_t, dtbda_probe, 16);
AT(dtrace_bufdata_t, dtbda_recdesc, 24);
AT(dtrace_bufdata_t, dtbda_aggdata, 32);
AT(dtrace_bufdata_t, dtbda_flags, 40);

SIZE(dtrace_errdata_t, 56);
AT(dtrace_errdata_t, dteda_edesc, 8);
AT(dtrace_errdata_t, dteda_pdesc, 16);
AT(dtrace_errdata_t, dteda_cpu, 24);
AT(dtrace_errdata_t, dteda_action, 28);
AT(dtrace_errdata_t, dteda_offset, 32);
AT(dtrace_errdata_t, dteda_fault, 36);
AT(dtrace_errdata_t, dteda_addr, 40);
AT(dtrace_errdata_t, dteda_msg, 48);

SIZE(dtrace_dropdata_t, 40);
AT(dtrace_dropdata_t, dtdda_cpu, 8);
AT(dtrace_dropdata_t, dtdda_kind, 12);
AT(dtrace_dropdata_t, dtdda_drops, 16);
AT(dtrace_dropdata_t, dtdda_total, 24);
AT(dtrace_dropdata_t, dtdda_msg, 32);

SIZE(dtrace_setoptdata_t, 40);
AT(dtrace_setoptdata_t, dtsda_probe, 8);
AT(dtrace_setoptdata_t, dtsda_option, 16);
AT(dtrace_setoptdata_t, dtsda_oldval, 24);
AT(dtrace_setoptdata_t, dtsda_newval, 32);

SIZE(dtrace_proginfo_t, 24);
AT(dtrace_proginfo_t, dpi_stmtattr, 3);
AT(dtrace_proginfo_t, dpi_aggregates, 8);
AT(dtrace_proginfo_t, dpi_recgens, 12);
AT(dtrace_proginfo_t, dpi_matches, 16);
AT(dtrace_proginfo_t, dpi_speculations, 20);

SIZE(dtrace_stmtdesc_t, 72);
AT(dtrace_stmtdesc_t, dtsd_action, 8);
AT(dtrace_stmtdesc_t, dtsd_action_last, 16);
AT(dtrace_stmtdesc_t, dtsd_aggdata, 24);
AT(dtrace_stmtdesc_t, dtsd_callback, 48);
AT(dtrace_stmtdesc_t, dtsd_data, 56);
AT(dtrace_stmtdesc_t, dtsd_descattr, 64);
AT(dtrace_stmtdesc_t, dtsd_stmtattr, 67);

SIZE(dtrace_ecbdesc_t, 432);
AT(dtrace_ecbdesc_t, dted_pred, 8);
AT(dtrace_ecbdesc_t, dted_probe, 24);
AT(dtrace_ecbdesc_t, dted_uarg, 416);
AT(dtrace_ecbdesc_t, dted_refcnt, 424);

SIZE(dtrace_actdesc_t, 48);
AT(dtrace_actdesc_t, dtad_next, 8);
AT(dtrace_actdesc_t, dtad_kind, 16);
AT(dtrace_actdesc_t, dtad_ntuple, 20);
AT(dtrace_actdesc_t, dtad_arg, 24);
AT(dtrace_actdesc_t, dtad_uarg, 32);
AT(dtrace_actdesc_t, dtad_refcnt, 40);

SIZE(dtrace_probeinfo_t, 24);
AT(dtrace_probeinfo_t, dtp_arga, 3);
AT(dtrace_probeinfo_t, dtp_argv, 8);
AT(dtrace_probeinfo_t, dtp_argc, 16);

SIZE(dtrace_syminfo_t, 24);
SIZE(dtrace_typeinfo_t, 32);
AT(dtrace_typeinfo_t, dtt_flags, 24);
SIZE(dtrace_objinfo_t, 72);
AT(dtrace_objinfo_t, dto_text_va, 24);
AT(dtrace_objinfo_t, dto_bss_size, 64);
SIZE(dtrace_attribute_t, 3);
SIZE(dtrace_pattr_t, 15);

SIZE(dtrace_status_t, 88);
AT(dtrace_status_t, dtst_filled, 56);
AT(dtrace_status_t, dtst_killed, 80);
SIZE(dtrace_bufdesc_t, 48);
AT(dtrace_bufdesc_t, dtbd_data, 24);
AT(dtrace_bufdesc_t, dtbd_timestamp, 40);
SIZE(dtrace_rechdr_t, 12);
SIZE(dtrace_fmtdesc_t, 16);
AT(dtrace_fmtdesc_t, dtfd_format, 12);
SIZE(dtrace_providerdesc_t, 92);
AT(dtrace_providerdesc_t, dtvd_attr, 64);
AT(dtrace_providerdesc_t, dtvd_priv, 80);
SIZE(dtrace_argdesc_t, 268);
AT(dtrace_argdesc_t, dtargd_native, 12);
AT(dtrace_argdesc_t, dtargd_xlate, 140);
SIZE(dtrace_vector_t, 32);
SIZE(GElf_Sym, 24);
SIZE(dtrace_dropkind_t, 4);
SIZE(dtrace_valtype_t, 24);

int main(void)
{
	CHECK(DTRACE_QUANTIZE_BUCKETVAL(0) == -(INT64_C(1) << 62));
	CHECK(DTRACE_QUANTIZE_BUCKETVAL(62) == -1);
	CHECK(DTRACE_QUANTIZE_BUCKETVAL(63) == 0);
	CHECK(DTRACE_QUANTIZE_BUCKETVAL(64) == 1);
	CHECK(DTRACE_QUANTIZE_BUCKETVAL(126) == INT64_C(1) << 62);
	CHECK_INT(DTRACE_LQUANTIZE_STEP(0x000a000a00000000), 10);
	CHECK_INT(DTRACE_LQUANTIZE_LEVELS(0x000a000a00000000), 10);
	CHECK_INT(DTRACE_LQUANTIZE_BASE(0x000a000affffffff), -1);
	CHECK_INT(DTRACE_LLQUANTIZE_FACTOR(0x000a000000060014), 10);
	CHECK_INT(DTRACE_LLQUANTIZE_HIGH(0x000a000000060014), 6);
	CHECK_INT(DTRACE_LLQUANTIZE_NSTEP(0x000a000000060014), 20);
	CHECK_INT(DTRACEAGG_LLQUANTIZE, 0x709);
	CHECK(DTRACEACT_ISAGG(DTRACEAGG_COUNT) && !DTRACEACT_ISAGG(DTRACEACT_STACK));
	CHECK(DTRACEACT_ISPRINTFLIKE(DTRACEACT_PRINTA));
	return test_end();
}
