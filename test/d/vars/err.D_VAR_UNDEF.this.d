/* SPDX-License-Identifier: MIT */
/*
 * Nor does a this-> variable.
 */
BEGIN { trace(this->nosuch); }
