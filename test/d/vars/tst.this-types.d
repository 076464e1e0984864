/* SPDX-License-Identifier: MIT */
/*
 * this-> variables have types of their own; all clauses of one firing see them, another firing does not.
 */
this char c; this string s; this uint64_t u;
BEGIN { this->c = 300; this->s = "first"; this->u = -1; this->i = 5; }
BEGIN { printf("%d %s %d %d\n", this->c, this->s, this->u, this->i); this->i++; this->s = strjoin(this->s, "+"); }
BEGIN { printf("%d %s", this->i, this->s); exit(0); }
