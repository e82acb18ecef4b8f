// The shapes of shapes.cpp as Rust has them: prints what each root future takes. A join and a select
// are those of the futures crate: what is awaited, then its output, in one place.
use std::future::Future;
use std::hint::black_box;
use std::mem::size_of_val;
use std::pin::Pin;
use std::task::{Context, Poll};

#[derive(Clone, Copy)]
struct Block<const N: usize>([u8; N]);

// A byte, as an empty class has in C++.
struct Nothing(u8);
impl Future for Nothing {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }
}

enum MaybeDone<F: Future> {
    Future(F),
    Done(F::Output),
    Gone,
}
impl<F: Future> MaybeDone<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        if let MaybeDone::Future(f) = self {
            match unsafe { Pin::new_unchecked(f) }.poll(cx) {
                Poll::Ready(output) => *self = MaybeDone::Done(output),
                Poll::Pending => return false,
            }
        }
        true
    }
    fn take(&mut self) -> F::Output {
        match std::mem::replace(self, MaybeDone::Gone) {
            MaybeDone::Done(output) => output,
            _ => unreachable!(),
        }
    }
}

struct Join<F: Future, const N: usize>([MaybeDone<F>; N]);
impl<F: Future, const N: usize> Future for Join<F, N> {
    type Output = [F::Output; N];
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let all = unsafe { &mut self.get_unchecked_mut().0 };
        let mut all_done = true;
        for each in all.iter_mut() {
            all_done &= each.poll(cx);
        }
        if !all_done {
            return Poll::Pending;
        }
        Poll::Ready(std::array::from_fn(|i| all[i].take()))
    }
}
fn join<F: Future, const N: usize>(futures: [F; N]) -> Join<F, N> {
    Join(futures.map(MaybeDone::Future))
}

struct JoinTwo<A: Future, B: Future>(MaybeDone<A>, MaybeDone<B>);
impl<A: Future, B: Future> Future for JoinTwo<A, B> {
    type Output = (A::Output, B::Output);
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let JoinTwo(a, b) = unsafe { self.get_unchecked_mut() };
        let mut all_done = a.poll(cx);
        all_done &= b.poll(cx);
        if !all_done {
            return Poll::Pending;
        }
        Poll::Ready((a.take(), b.take()))
    }
}

struct Select<A, B>(Option<(A, B)>);
impl<A: Future, B: Future> Future for Select<A, B> {
    type Output = usize;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<usize> {
        let (a, b) = unsafe { self.get_unchecked_mut() }.0.as_mut().unwrap();
        if unsafe { Pin::new_unchecked(a) }.poll(cx).is_ready() {
            return Poll::Ready(0);
        }
        unsafe { Pin::new_unchecked(b) }.poll(cx).map(|_| 1)
    }
}

async fn byte(n: u8) -> u8 {
    n
}

async fn s01() -> i32 {
    Nothing(0).await;
    1
}

async fn s02(b: Block<1024>) -> i32 {
    Nothing(0).await;
    b.0[3] as i32
}

async fn s03_4(b: Block<1024>) -> i32 {
    s02(b).await
}
async fn s03_3(b: Block<1024>) -> i32 {
    s03_4(b).await
}
async fn s03_2(b: Block<1024>) -> i32 {
    s03_3(b).await
}
async fn s03(b: Block<1024>) -> i32 {
    s03_2(b).await
}

async fn s04(n: i32) -> i32 {
    let mut sum = 0;
    {
        let mut b = Block([0u8; 512]);
        b.0[n as usize] = 1;
        Nothing(0).await;
        sum += b.0[1] as i32;
    }
    {
        let mut b = Block([0u8; 512]);
        b.0[n as usize] = 2;
        Nothing(0).await;
        sum += b.0[1] as i32;
    }
    sum
}

async fn s07_child() -> i32 {
    let mut b = Block([0u8; 256]);
    b.0[1] = 1;
    Nothing(0).await;
    b.0[1] as i32
}
async fn s07() -> i32 {
    let (a, b) = JoinTwo(MaybeDone::Future(s07_child()), MaybeDone::Future(s07_child())).await;
    a + b
}
async fn s07_named() -> i32 {
    let x = s07_child();
    let y = s07_child();
    let (a, b) = JoinTwo(MaybeDone::Future(x), MaybeDone::Future(y)).await;
    a + b
}
async fn s08() -> i32 {
    let children: [_; 8] = std::array::from_fn(|_| s07_child());
    join(children).await.iter().sum()
}
async fn s08_in_place() -> i32 {
    join([s07_child(), s07_child(), s07_child(), s07_child(), s07_child(), s07_child(), s07_child(), s07_child()])
        .await
        .iter()
        .sum()
}

async fn s09() -> i32 {
    let x = s07_child();
    let y = s07_child();
    Select(Some((x, y))).await as i32
}

async fn s12(n: i32) -> i32 {
    let sum = {
        let mut b = Block([0u8; 512]);
        b.0[n as usize] = 1;
        (b.0[1] + b.0[2]) as i32
    };
    Nothing(0).await;
    sum
}
async fn s12b(n: i32) -> i32 {
    let mut b = Block([0u8; 512]);
    b.0[n as usize] = 1;
    black_box(&b);
    let sum = (b.0[1] + b.0[2]) as i32;
    Nothing(0).await;
    sum
}

async fn s13_child(b: Block<256>) -> Result<i32, i32> {
    Nothing(0).await;
    Ok(b.0[3] as i32)
}
async fn s13(b: Block<256>) -> i32 {
    match s13_child(b).await {
        Ok(n) => n,
        Err(n) => n,
    }
}

async fn get_book() -> String {
    Nothing(0).await;
    String::from("Rust")
}
async fn get_music() -> String {
    Nothing(0).await;
    String::from("Nice")
}
async fn s14() -> usize {
    let (book, music) = JoinTwo(MaybeDone::Future(get_book()), MaybeDone::Future(get_music())).await;
    book.len() + music.len()
}

async fn string_2(s: String) -> usize {
    Nothing(0).await;
    s.len()
}
async fn string_1(s: String) -> usize {
    string_2(s).await
}
async fn strings(s: String) -> usize {
    string_1(s).await
}

async fn mixed() -> u32 {
    let a = byte(1).await;
    let b = byte(2).await as u32;
    let c = byte(3).await;
    let d = byte(4).await as u32;
    Nothing(0).await;
    a as u32 + b + c as u32 + d
}

async fn chain_0(k: u64) -> u64 {
    Nothing(0).await;
    k
}
macro_rules! chain {
    ($($name:ident calls $next:ident;)*) => {
        $(async fn $name(k: u64) -> u64 { $next(k).await + 1 })*
    };
}
chain! {
    chain_1 calls chain_0;
    chain_2 calls chain_1;
    chain_3 calls chain_2;
    chain_4 calls chain_3;
    chain_5 calls chain_4;
    chain_6 calls chain_5;
    chain_7 calls chain_6;
    chain_8 calls chain_7;
}

fn main() {
    let show = |name: &str, size: usize| println!("{name} {size}");
    show("s01", size_of_val(&s01()));
    show("s02", size_of_val(&s02(Block([0; 1024]))));
    show("s03", size_of_val(&s03(Block([0; 1024]))));
    show("s04", size_of_val(&s04(1)));
    show("s07", size_of_val(&s07()));
    show("s07_named", size_of_val(&s07_named()));
    show("s08", size_of_val(&s08()).min(size_of_val(&s08_in_place())));
    show("s09", size_of_val(&s09()));
    show("s12", size_of_val(&s12(1)));
    show("s12b", size_of_val(&s12b(1)));
    show("s13", size_of_val(&s13(Block([0; 256]))));
    show("s14", size_of_val(&s14()));
    show("strings", size_of_val(&strings(String::new())));
    show("mixed", size_of_val(&mixed()));
    show("chain_8", size_of_val(&chain_8(1)));
}
