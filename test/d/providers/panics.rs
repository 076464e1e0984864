// SPDX-License-Identifier: MIT
//! Every third call of leaf() panics, which middle()'s guard sees and main() catches.
use std::cell::Cell;
use std::panic;

struct Guard<'a>(&'a Cell<u64>);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1)
    }
}

#[inline(never)]
fn leaf(i: u64) -> u64 {
    if i % 3 == 0 {
        panic!("every third");
    }
    i
}

#[inline(never)]
fn middle(i: u64, dropped: &Cell<u64>) -> u64 {
    let _guard = Guard(dropped);
    leaf(i) + 1
}

fn main() {
    let dropped = Cell::new(0);
    let mut sum = 0;

    panic::set_hook(Box::new(|_| {}));
    for i in 0..30 {
        sum += panic::catch_unwind(panic::AssertUnwindSafe(|| middle(i, &dropped))).unwrap_or(0);
    }
    println!("{} {}", sum, dropped.get());
}
