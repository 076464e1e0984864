/* SPDX-License-Identifier: MIT */
/* A call that names its file by path has no open file. */
fsinfo:::lookup { @ = count(); }
