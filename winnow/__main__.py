"""`python -m winnow`: the same as the program `winnow`."""

from importlib import import_module
from importlib.util import find_spec

if __name__ == "__main__":
    # In a checkout that is not installed the crawler stands beside this package.
    inside = "winnow." if find_spec("winnow.crawler") else ""
    import_module(f"{inside}crawler.program").main()
