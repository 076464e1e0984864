/* SPDX-License-Identifier: MIT */
/* dtrace_lookup_by_*() and dtrace_*addr2str(): the kernel's symbols, and addresses as text. */
#include <elf.h>
#include <string.h>
#include "api/hdl.h"
#include "symbols/symbols.h"

static void fill(const struct dt_ksym *k, GElf_Sym *sym, dtrace_syminfo_t *info)
{
	if (sym) {
		*sym = (GElf_Sym){ .st_value = k->addr, .st_size = k->size, .st_shndx = SHN_ABS };
		sym->st_info = GELF_ST_INFO(STB_GLOBAL, dt_ksym_is_func(k) ? STT_FUNC : STT_OBJECT);
	}
	if (info)
		*info = (dtrace_syminfo_t){ k->module, k->name, 0 };
}

int dtrace_lookup_by_addr(dtrace_hdl_t *dtp, GElf_Addr addr, GElf_Sym *sym, dtrace_syminfo_t *info)
{
	struct dt_ksym k;
	const char *module;

	if (sym && dt_ksyms_addr(dtp->env.ksyms, addr, &k)) {
		fill(&k, sym, info);
		return 0;
	}
	module = dt_ksyms_module(dtp->env.ksyms, addr);
	if (sym || !module)
		return dt_set_errno(dtp, EDT_NOSYMADDR);
	if (info)
		*info = (dtrace_syminfo_t){ module, NULL, 0 };
	return 0;
}

/* NULL: any module. illumos has tokens for whole name spaces, and its own names of the kernel. */
static const char *module_of(const char *object)
{
	if (object == DTRACE_OBJ_EXEC || object == DTRACE_OBJ_EVERY || object == DTRACE_OBJ_KMODS ||
	    object == DTRACE_OBJ_UMODS)
		return NULL;
	if (object == DTRACE_OBJ_RTLD || object == DTRACE_OBJ_CDEFS || object == DTRACE_OBJ_DDEFS)
		return "";
	if (!strcmp(object, "genunix") || !strcmp(object, "unix") || !strcmp(object, "kernel"))
		return "vmlinux";
	return object;
}

int dtrace_lookup_by_name(dtrace_hdl_t *dtp, const char *object, const char *name, GElf_Sym *sym,
			  dtrace_syminfo_t *info)
{
	const char *module = module_of(object);
	struct dt_ksym k;

	if (module && !dt_ksyms_has_module(dtp->env.ksyms, module))
		return dt_set_errno(dtp, EDT_NOMOD);
	if (!dt_ksyms_name(dtp->env.ksyms, module, name, &k))
		return dt_set_errno(dtp, EDT_NOSYM);
	fill(&k, sym, info);
	return 0;
}

int dtrace_addr2str(dtrace_hdl_t *dtp, uint64_t addr, char *buf, int n)
{
	return (int)dt_ksyms_text(dtp->env.ksyms, addr, DT_SYMTEXT_OFFSET, buf,
				  n > 0 ? (size_t)n : 0);
}

int dtrace_uaddr2str(dtrace_hdl_t *dtp, pid_t pid, uint64_t addr, char *buf, int n)
{
	return (int)dt_usyms_text(dtp->env.usyms, pid, addr, DT_SYMTEXT_OFFSET, buf,
				  n > 0 ? (size_t)n : 0);
}
