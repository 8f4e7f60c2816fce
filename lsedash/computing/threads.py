"""One thread for each library that computes: the systems are tiny, and the visitors many.

(It imports nothing: the variables count only if they are set before NumPy is first imported.)
"""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
