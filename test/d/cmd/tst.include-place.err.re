dtrace: failed to compile script -: "/.*/i.h", line 1: syntax error near "="
dtrace: failed to compile script -: line 2: syntax error near "\)"
     2 \| BEGIN { trace\(N \+\); }
       \| +\^
