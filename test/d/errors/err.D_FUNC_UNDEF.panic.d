/* SPDX-License-Identifier: MIT */
/* panic() cannot be had from BPF, and says so. */
BEGIN { panic(); }
