//! What is put forward: on the home screen and in the attract loop.

use std::cmp::Reverse;
use std::collections::VecDeque;

use media_manifest::catalogue::Kind;

use super::Item;
use super::limits;

/// Positions of the items, featured first, then the newest, then by priority and key.
pub fn order(items: &[Item]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_cached_key(|&at| {
        items.get(at).map(|item| {
            let video = &item.video;
            (
                Reverse(video.featured),
                Reverse(video.added),
                video.priority,
                at,
            )
        })
    });
    order
}

/// Trades and advice in turn: the featured of both first, then the newest of both.
pub fn featured<'a>(ordered: impl Iterator<Item = &'a Item>) -> Vec<&'a Item> {
    let (featured, others): (Vec<_>, Vec<_>) = ordered.partition(|item| item.video.featured);
    let mut chosen = in_turn(featured);
    chosen.extend(in_turn(others));
    chosen.truncate(limits::FEATURED);
    chosen
}

/// The featured ones, or all when none is; those with captions first.
pub fn attract<'a>(featured: &[&'a Item]) -> Vec<&'a Item> {
    let any = featured.iter().any(|item| item.video.featured);
    let mut chosen: Vec<&Item> = featured
        .iter()
        .copied()
        .filter(|item| item.video.featured || !any)
        .collect();
    chosen.sort_by_key(|item| !item.has_captions());
    chosen.truncate(limits::ATTRACT);
    chosen
}

/// One of each kind in turn, trades first; what remains of the longer kind comes last.
fn in_turn(items: Vec<&Item>) -> Vec<&Item> {
    let (trades, advice): (VecDeque<_>, VecDeque<_>) = items
        .into_iter()
        .partition(|item| item.kind() == Kind::Metier);
    let mut queues = [trades, advice];
    let mut mixed = Vec::new();
    while queues.iter().any(|queue| !queue.is_empty()) {
        mixed.extend(queues.iter_mut().filter_map(VecDeque::pop_front));
    }
    mixed
}
