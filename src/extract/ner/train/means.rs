//! k-means, the same on every run.

use std::thread;

/// Points to a thread at a time.
const CHUNK: usize = 4096;

/// The means of `k` clusters of points of `size` numbers each. They start from points spread over the whole.
#[must_use]
pub fn k_means(points: &[f32], size: usize, k: usize, rounds: usize) -> Vec<f32> {
    let n = points.len() / size;
    let mut means: Vec<f32> = (0..k)
        .flat_map(|mean| {
            // A step that shares no factor with most n walks over all points.
            let at = mean * 7919 % n;
            points[at * size..(at + 1) * size].iter().copied()
        })
        .collect();
    for _ in 0..rounds {
        let mut sums = vec![0.0_f64; k * size];
        let mut counts = vec![0_u32; k];
        for (point, cluster) in points.chunks_exact(size).zip(assign(points, size, &means)) {
            counts[cluster] += 1;
            for (sum, number) in sums[cluster * size..(cluster + 1) * size]
                .iter_mut()
                .zip(point)
            {
                *sum += f64::from(*number);
            }
        }
        for cluster in (0..k).filter(|cluster| counts[*cluster] > 0) {
            for at in cluster * size..(cluster + 1) * size {
                means[at] = (sums[at] / f64::from(counts[cluster])) as f32;
            }
        }
    }
    means
}

/// The nearest mean of each point.
#[must_use]
pub fn assign(points: &[f32], size: usize, means: &[f32]) -> Vec<usize> {
    let k = means.len() / size;
    // By number, then mean: so that the inner loop runs over means.
    let mut turned = vec![0.0; means.len()];
    let mut offsets = vec![0.0; k];
    for (cluster, mean) in means.chunks_exact(size).enumerate() {
        for (at, number) in mean.iter().enumerate() {
            turned[at * k + cluster] = *number;
            offsets[cluster] -= number * number / 2.0;
        }
    }
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let share = (points.len() / size).div_ceil(n_threads).max(CHUNK) * size;
    thread::scope(|scope| {
        let threads: Vec<_> = points
            .chunks(share)
            .map(|points| scope.spawn(|| nearest(points, size, &turned, &offsets)))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_default())
            .collect()
    })
}

fn nearest(points: &[f32], size: usize, turned: &[f32], offsets: &[f32]) -> Vec<usize> {
    let mut scores = vec![0.0; offsets.len()];
    let of_point = |point: &[f32]| {
        scores.copy_from_slice(offsets);
        for (number, row) in point.iter().zip(turned.chunks_exact(offsets.len())) {
            for (score, mean) in scores.iter_mut().zip(row) {
                *score += number * mean;
            }
        }
        let mut best = 0;
        for (cluster, score) in scores.iter().enumerate() {
            if *score > scores[best] {
                best = cluster;
            }
        }
        best
    };
    points.chunks_exact(size).map(of_point).collect()
}
