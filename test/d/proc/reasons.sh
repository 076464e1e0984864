# SPDX-License-Identifier: MIT
# Processes that end in three ways, and what wait(2) says.
ulimit -c unlimited # a sanitizer has forbidden cores
sh -c 'exit 3'
echo "1 $?"
sh -c 'kill -KILL $$'
echo "2 $?"
sh -c 'kill -ABRT $$'
echo "3 $?"
