/* SPDX-License-Identifier: MIT */
/*
 * print() shows a value with its type.
 */
BEGIN { print(5); print((char)'a'); print("text"); exit(0); }
