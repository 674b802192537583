//! Sets of articles: their numbers in ascending order.

use std::cmp::Ordering;

pub(super) type Ids = Vec<i64>;

/// What is in both.
pub(super) fn both(a: &[i64], b: &[i64]) -> Ids {
    let (mut few, many) = if a.len() < b.len() {
        (a.to_vec(), b)
    } else {
        (b.to_vec(), a)
    };
    few.retain(|id| holds(many, *id));
    few
}

/// What is in the first and not in the second.
pub(super) fn without(mut a: Ids, b: &[i64]) -> Ids {
    if !b.is_empty() {
        a.retain(|id| !holds(b, *id));
    }
    a
}

/// What is in either.
pub(super) fn either(a: &[i64], b: &[i64]) -> Ids {
    let mut all = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => match x.cmp(y) {
                Ordering::Less => a.next(),
                Ordering::Greater => b.next(),
                Ordering::Equal => {
                    b.next();
                    a.next()
                }
            },
            (Some(_), None) => a.next(),
            (None, _) => b.next(),
        };
        match next {
            Some(id) => all.push(*id),
            None => return all,
        }
    }
}

/// The numbers in order, each once.
pub(super) fn sorted(mut ids: Ids) -> Ids {
    ids.sort_unstable();
    ids.dedup();
    ids
}

pub(super) fn holds(ids: &[i64], id: i64) -> bool {
    ids.binary_search(&id).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_joined_cut_and_subtracted() {
        let (a, b) = (vec![1, 3, 5, 7], vec![3, 4, 7, 9]);
        assert_eq!(both(&a, &b), [3, 7]);
        assert_eq!(either(&a, &b), [1, 3, 4, 5, 7, 9]);
        assert_eq!(without(a.clone(), &b), [1, 5]);
        assert_eq!(either(&a, &[]), a);
        assert_eq!(sorted(vec![3, 1, 3]), [1, 3]);
    }
}
