"""Lists and matrices as programs write and print them."""

import ast

import numpy as np
import pytest

from lsedash import InvalidInput
from lsedash.data.reading import read_table

SQUARE = [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "text",
    [
        "[[1, 2], [3, 4]]",
        "((1, 2), (3, 4))",
        "[1, 2], [3, 4]",
        "[1, 2]\n[3, 4]",
        "A = np.array([[1, 2],\n              [3, 4]], dtype='float32')",
        "import numpy as np\nA = np.array([[1, 2], [3, 4]])",
        "array([[1., 2.],\n       [3., 4.]])",
        "[[1. 2.]\n [3. 4.]]",
        "torch.tensor([[1., 2.], [3., 4.]], device='cuda:0', requires_grad=True)",
        "tensor([[1., 2.],\n        [3., 4.]], device='cuda:0')",
        "Parameter containing:\ntensor([[1., 2.],\n        [3., 4.]], requires_grad=True)",
        "<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[1., 2.],\n [3., 4.]])>",
        "np.array([[1, 3], [2, 4]]).T",
        ">>> [[1, 2], [3, 4]]",
        "Matrix([[1, 2], [3, 4]])",
        "matrix([1, 2], [3, 4])",
        "[1 2\n 3 4]",
        "[1 2; 3 4]",
        "A = [1, 2; 3, 4];",
        "A = [1, 2 % the first\n 3, 4]",
        "A = [1 ...\n 2; 3 4]",
        "[1 3; 2 4]'",
        "A =\n\n   1   2\n   3   4\n\n",
        "A =\n\n   1.0e+03 *\n\n    0.0010    0.0020\n    0.0030    0.0040\n",
        "2×2 Matrix{Int64}:\n 1  2\n 3  4",
        "m <- matrix(c(1, 3, 2, 4), nrow = 2)",
        "matrix(c(1, 2, 3, 4), ncol = 2, byrow = TRUE)",
        "rbind(c(1, 2), c(3, 4))",
        "cbind(c(1, 3), c(2, 4))",
        "     [,1] [,2]\n[1,]    1    2\n[2,]    3    4",
        "{{1, 2}, {3, 4}}",
        "{{1.`20, 2.*^0}, {3, 4}}",
        "double A[2][2] = {{1, 2}, {3, 4}};",
        r"\begin{pmatrix} 1 & 2 \\ 3 & \frac{8}{2} \end{pmatrix}",
        r"1 & 2 \\ 3 & 4",
        "%%MatrixMarket matrix array real general\n2 2\n1\n3\n2\n4\n",
        "%%MatrixMarket matrix coordinate real general\n% by hand\n"
        "2 2 4\n1 1 1\n1 2 2\n2 1 3\n2 2 4\n",
    ],
)
def test_a_matrix_is_read_as_programs_write_and_print_it(text):
    assert read_table(text).table.values.tolist() == SQUARE


@pytest.mark.parametrize(
    "text",
    [
        "df <- data.frame(x = c(1, 3), y = c(2, 4))",
        '{"x": [1, 3], "y": [2, 4]}',
        "pd.DataFrame({'x': [1, 3], 'y': [2, 4]})",
        'pd.DataFrame([[1, 2], [3, 4]], columns=["x", "y"])',
        "     x y\n[1,] 1 2\n[2,] 3 4",
        "| x | y |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
        "+---+---+\n| x | y |\n+===+===+\n| 1 | 2 |\n+---+---+\n| 3 | 4 |\n+---+---+",
        "┌─────┬─────┐\n│ x   ┆ y   │\n╞═════╪═════╡\n│ 1   ┆ 2   │\n│ 3   ┆ 4   │\n└─────┴─────┘",
        "\\begin{tabular}{lr}\n\\hline\nx & y \\\\ \\hline\n1 & 2 \\\\\n3 & $4$ \\\\\n"
        "\\end{tabular}",
        "# x y\n1 2\n3 4",
    ],
)
def test_the_titles_of_a_table_are_read_with_it(text):
    table = read_table(text).table
    assert (table.names, table.values.tolist()) == (("x", "y"), SQUARE)


def test_pandas_prints_an_index_which_stays_a_column_or_labels_the_rows():
    numbered = read_table("     x    y\n0  1.0  2.0\n1  3.0  4.0").table
    assert (numbered.names, numbered.values.tolist()) == (("", "x", "y"), [[0, 1, 2], [1, 3, 4]])
    named = read_table("     x    y\na  1.0  2.0\nb  3.0  NaN\n\n[2 rows x 2 columns]").table
    assert (named.names, named.labels) == (("x", "y"), ("a", "b"))
    assert named.gaps.tolist() == [[False, False], [False, True]]


@pytest.mark.parametrize(
    "text",
    [
        "x = np.array([20, 43, 63, 26, 53])",
        "[20, 43, 63,\n 26, 53]",
        "tensor([20., 43., 63., 26., 53.])",
        "x <- c(20, 43, 63, 26, 53)",
        " [1] 20 43 63\n [4] 26 53",
        "[20; 43; 63; 26; 53]",
        "5-element Vector{Int64}:\n 20\n 43\n 63\n 26\n 53",
    ],
)
def test_a_list_is_a_vector_of_five(text):
    assert read_table(text).table.values.tolist() == [[20], [43], [63], [26], [53]]


def test_a_vector_that_numpy_printed_on_several_lines_may_be_a_matrix_and_is_asked_about():
    shapes = [e.table.values.shape for e in read_table(str(np.arange(12) / 7 + 1)).alternatives]
    assert shapes == [(12, 1), (2, 6)]
    longer = np.arange(13) / 7 + 1
    assert read_table(str(longer)).table.values.ravel() == pytest.approx(longer)


@pytest.mark.parametrize("shape", [(7, 3), (40, 9), (120, 2)])
def test_a_list_is_read_as_python_itself_reads_it(shape):
    text = str(np.random.default_rng(1).standard_normal(shape).tolist())
    np.testing.assert_array_equal(read_table(text).table.values, ast.literal_eval(text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[1, 2], [3]]", "row 2 has 1 entry but row 1 has 2"),
        ("[[1, 2], [3, x]]", "row 2, column 2: 'x' is not a number"),
        ("[1, 2", "brackets do not match"),
        ("np.array([1, 2, 3, 4]).reshape(2, 2)", "form that is not read"),
        ("[[[1, 2], [3, 4]], [[1, 2], [3, 4]]]", "form that is not read"),
        ("A = np.array([[1, 2]])\nb = np.array([1])", "is one of 2: A and b; give one of them"),
        ("[[0. 1. ... 8. 9.]\n [1. 2. ... 3. 4.]]", "shortened with '...'"),
        ("  x  y \\\n0 1 2\n", "blocks of columns"),
        ("A =\n\n Columns 1 through 2:\n\n  1  2\n", "blocks of columns"),
        ("c(1, 2) c(3, 4)", "form that is not read"),
        ("(1,234)\n(5,678)", "no number"),
        ("[__import__('os').getpid(), 2]", "form that is not read"),
        ("%%MatrixMarket matrix coordinate real general\n2 2 1\n3 1 1\n", "do not fit the size"),
        ("%%MatrixMarket matrix coordinate real general\n9999999 9999999 0\n", "more than 1000000"),
        ("[]", "no number"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_a_sentence(text, says):
    with pytest.raises(InvalidInput, match=says.replace("...", r"\.\.\.")):
        read_table(text)
