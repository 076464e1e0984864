/* SPDX-License-Identifier: MIT */
/*
 * So has the frame in JSON, where the offset is the return address's.
 * @@ needs: uprobes
 * @@ runs: $DTRACE -xoformat=json -q -s $FILE -c $TRIGGERS/noreturn | grep -o '"name":"last_call","offset":[1-9]'
 */
pid$target:noreturn:report:entry { ustack(); @[ustack()] = count(); }
