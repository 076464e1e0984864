1 1 8 1   libc\.so\.6`(write|__write)\s+ 1
