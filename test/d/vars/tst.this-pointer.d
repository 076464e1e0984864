/* SPDX-License-Identifier: MIT */
/*
 * A this-> variable keeps a pointer with its type.
 */
BEGIN { this->t = curthread; }
BEGIN /this->t->pid == tid && this->t->tgid == pid/ { printf("same thread"); exit(0); }
