/* SPDX-License-Identifier: MIT */
/*
 * tracemem() dumps so many bytes; a third argument limits them when the program runs.
 */
BEGIN { this->p = (char *)curthread->comm; tracemem(this->p, 8); tracemem(this->p, 8, 4); exit(0); }
