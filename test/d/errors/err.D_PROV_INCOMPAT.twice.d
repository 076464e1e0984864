/* SPDX-License-Identifier: MIT */
/* A provider's second declaration is like the first. */
provider twice { probe a(int); };
provider twice { probe a(char *); };
BEGIN { }
