//! Lists that are shown a page at a time.

use crate::visit::Action;

use super::cards::number;

/// What one page shows.
pub struct Leaf<T> {
    pub items: Vec<T>,
    /// Which one it is, from 0; the last where fewer are left than the visitor knew of.
    pub page: i32,
    pub pages: i32,
}

/// A page of `all`; how many fit is the markup's to say.
pub fn leaf<T>(all: Vec<T>, page: usize, per_page: i32) -> Leaf<T> {
    let per_page = usize::try_from(per_page).unwrap_or(1).max(1);
    let pages = all.len().div_ceil(per_page);
    let page = page.min(pages.saturating_sub(1));
    Leaf {
        items: all
            .into_iter()
            .skip(page * per_page)
            .take(per_page)
            .collect(),
        page: number(page),
        pages: number(pages),
    }
}

/// A touch or a swipe that turns `by` pages of so many.
pub fn turn(by: i32, pages: i32) -> Action {
    Action::Turn {
        by: isize::try_from(by).unwrap_or(0),
        pages: usize::try_from(pages).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_gone_shows_the_last_one() {
        let shown = |count: i32, page| {
            let leaf = leaf((0..count).collect(), page, 4);
            (leaf.items, leaf.page, leaf.pages)
        };
        assert_eq!(shown(9, 1), (vec![4, 5, 6, 7], 1, 3));
        assert_eq!(shown(9, 7), (vec![8], 2, 3));
        assert_eq!(shown(0, 2), (vec![], 0, 0));
    }
}
