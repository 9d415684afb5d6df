//! Products of row-major matrices in slices. All of them add to the output.

use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul};

/// `out += left · right`, of shapes (n, k) and (k, m).
pub(super) fn product(left: &[f32], right: &[f32], out: &mut [f32], n: usize, k: usize, m: usize) {
    let (left, right) = (view(left, n, k), view(right, k, m));
    general_mat_mul(1.0, &left, &right, 1.0, &mut view_mut(out, n, m));
}

/// `out += leftᵀ · right`, of shapes (n, k) and (n, m): the gradient of a weight.
pub(super) fn product_left(
    left: &[f32],
    right: &[f32],
    out: &mut [f32],
    n: usize,
    k: usize,
    m: usize,
) {
    let (left, right) = (view(left, n, k), view(right, n, m));
    general_mat_mul(1.0, &left.t(), &right, 1.0, &mut view_mut(out, k, m));
}

/// `out += left · rightᵀ`, of shapes (n, m) and (k, m): the gradient of an input.
pub(super) fn product_right(
    left: &[f32],
    right: &[f32],
    out: &mut [f32],
    n: usize,
    k: usize,
    m: usize,
) {
    let (left, right) = (view(left, n, m), view(right, k, m));
    general_mat_mul(1.0, &left, &right.t(), 1.0, &mut view_mut(out, n, k));
}

fn view(values: &[f32], rows: usize, columns: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((rows, columns), values).expect("the slice has the given shape")
}

fn view_mut(values: &mut [f32], rows: usize, columns: usize) -> ArrayViewMut2<'_, f32> {
    ArrayViewMut2::from_shape((rows, columns), values).expect("the slice has the given shape")
}

pub(super) fn sum_rows(rows: &[f32], out: &mut [f32]) {
    for line in rows.chunks_exact(out.len()) {
        out.iter_mut().zip(line).for_each(|(sum, x)| *sum += x);
    }
}

/// Repeats a row of biases `n_rows` times.
pub(super) fn spread(bias: &[f32], n_rows: usize) -> Vec<f32> {
    bias.iter().copied().cycle().take(bias.len() * n_rows).collect()
}

/// Adds one slice to another.
pub(super) fn add(sums: &mut [f32], parts: &[f32]) {
    sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
}

/// Converts scores to probabilities, in place.
pub(super) fn softmax(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - highest).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}
