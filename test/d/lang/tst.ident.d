/* SPDX-License-Identifier: MIT */
/* Lines that name the file's version mean nothing. */
#ident "@(#)ident.d 1.1 06/08/28"
#pragma ident "@(#)ident.d 1.1 06/08/28"
BEGIN { trace("ok"); exit(0); }
