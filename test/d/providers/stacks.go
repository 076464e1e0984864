// SPDX-License-Identifier: MIT
// Eight goroutines whose stacks grow while they descend.
package main

import "fmt"

//go:noinline
func deep(n int) int {
	var frame [64]int
	frame[n%64] = n
	if n == 0 {
		return frame[0]
	}
	return deep(n-1) + frame[n%64]
}

func main() {
	sums := make(chan int)
	for i := 0; i < 8; i++ {
		go func() { sums <- deep(2500) }()
	}
	sum := 0
	for i := 0; i < 8; i++ {
		sum += <-sums
	}
	fmt.Println(sum * 2)
}
