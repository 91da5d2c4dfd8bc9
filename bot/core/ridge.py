"""Kernel ridge regression, with what it would say of some phrases if they had not been learned.

One Cholesky decomposition by blocks, so that nearly all of the work is products of matrices; the residual of a
phrase left out is its weight over the diagonal of the inverse (Hastie, Tibshirani, Friedman, section 7.10).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
_BLOCK = 256


def ridge_regression(kernel: Matrix, ridge: Matrix, truth: Matrix, probes: int) -> tuple[Matrix, Matrix]:
    """Weights of all phrases (one column a class), and the scores of the last `probes` ones, each left out.

    `kernel` is symmetric; `ridge` is added to its diagonal and has to make it positive. The kernel is used up.
    """
    kernel[np.diag_indices(len(kernel))] += ridge
    corners = _cholesky(kernel)
    weights = _solve(kernel, corners, truth)
    # The last columns of the inverse triangle depend on its last block alone: the probes stand there.
    last = _triangle_inverse(np.tril(kernel[-probes:, -probes:]))
    diagonal = np.einsum("ij,ij->j", last, last)
    return weights, truth[-probes:] - weights[-probes:] / diagonal[:, None]


def _cholesky(matrix: Matrix) -> list[Matrix]:
    """Turn the lower half of a matrix into its Cholesky factor, in place; the inverses of its diagonal blocks."""
    corners = []
    for begin in range(0, len(matrix), _BLOCK):
        end = min(begin + _BLOCK, len(matrix))
        column = matrix[begin:, begin:end]
        if begin:
            column -= matrix[begin:, :begin] @ matrix[begin:end, :begin].T
        corner = np.linalg.cholesky(column[: end - begin])
        corners.append(np.asarray(np.linalg.inv(corner), dtype=np.float32))
        column[: end - begin] = corner
        column[end - begin :] = column[end - begin :] @ corners[-1].T
    return corners


def _solve(lower: Matrix, corners: Sequence[Matrix], right: Matrix) -> Matrix:
    """The solution of L Lᵀ x = right, by substitution forwards and backwards."""
    found = right.copy()
    for block, corner in enumerate(corners):
        begin, end = block * _BLOCK, min((block + 1) * _BLOCK, len(lower))
        found[begin:end] = corner @ (found[begin:end] - lower[begin:end, :begin] @ found[:begin])
    for block in reversed(range(len(corners))):
        begin, end = block * _BLOCK, min((block + 1) * _BLOCK, len(lower))
        found[begin:end] = corners[block].T @ (found[begin:end] - lower[end:, begin:end].T @ found[end:])
    return found


def _triangle_inverse(lower: Matrix) -> Matrix:
    if len(lower) <= _BLOCK:
        return np.asarray(np.linalg.inv(lower), dtype=np.float32)
    half = len(lower) // 2
    inverse = np.zeros_like(lower)
    inverse[:half, :half] = _triangle_inverse(lower[:half, :half])
    inverse[half:, half:] = _triangle_inverse(lower[half:, half:])
    inverse[half:, :half] = -(inverse[half:, half:] @ lower[half:, :half] @ inverse[:half, :half])
    return inverse
