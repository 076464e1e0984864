framed 0 1
 {14}frames`framed
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
framed 1 1
 {14}frames`framed\+0x1
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
framed 4 1
 {14}frames`framed\+0x4
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
framed 6 1
 {14}frames`framed\+0x6
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
branded entry 1
 {14}frames`branded
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
branded 4 1
 {14}frames`branded\+0x4
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
branded 5 1
 {14}frames`branded\+0x5
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
branded 8 1
 {14}frames`branded\+0x8
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
branded a 1
 {14}frames`branded\+0xa
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}
leaf entry 1
 {14}frames`leaf
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}

 {14}frames`leaf

 {14}frames`leaf
 {14}frames`calls_all\+0x[0-9a-f]+
leaf 2 1
 {14}frames`leaf\+0x2
 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+
  frames`calls_all {34}

 {14}frames`calls_all\+0x[0-9a-f]+
 {14}frames`main\+0x[0-9a-f]+

frames`framed
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`framed\+0x1
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`framed\+0x4
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`framed\+0x6
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`branded
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`branded\+0x4
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`branded\+0x5
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`branded\+0x8
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`branded\+0xa
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`leaf
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

frames`leaf\+0x2
frames`calls_all\+0x[0-9a-f]+
frames`main\+0x[0-9a-f]+
 1

