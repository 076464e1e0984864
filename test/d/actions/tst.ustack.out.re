...
 {14}functions`middle.*
 {14}functions`outer.*
 {14}functions`main.*

