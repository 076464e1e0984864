dtrace: failed to compile script .*tst.caret.d: line 8: syntax error near "\)"
 +8 \| 	trace\(1 \+\);
 +\| 	         \^
